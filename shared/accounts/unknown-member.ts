/**
 * An account name that nobody has, as it may be repeated to people: letters, digits and what account names hold besides
 * (developer.work.weixin.qq.com/document/path/90195), also a person's name, which is often typed there. Whatever else stands in the cell
 * may be a password in the wrong column, and the reasons are recorded.
 */
export const unknownMember = (name: string): { readonly member: string } => ({
  member: mayBeShown(name) ? name : hiddenMember,
});

/** Whether text looks like an account name or a person's; an empty one hides nothing. */
export const mayBeShown = (name: string): boolean => /^[\p{L}\p{M}\p{N}_@. -]*$/u.test(name);

/** Instead of what may be a password. */
export const hiddenMember = "•••";
