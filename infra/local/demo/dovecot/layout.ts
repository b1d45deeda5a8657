/** Where the parts of one instance lie. */
export interface DovecotLayout {
  readonly directory: string;
  /** Sockets and state of this launch. */
  readonly runDirectory: string;
  readonly port: number;
  /** Word in the greeting by which the starter recognises its own server on the port. */
  readonly token: string;
}

/** A path for a setting in which Dovecot expands `%` variables; a directory's own per cent sign must stay itself. */
export function unexpanded(path: string): string {
  return path.replaceAll("%", "%%");
}
