/**
 * Whether a Host header names this machine. A page in a browser whose own name was rebound to 127.0.0.1 sends its own name
 * and is thereby kept out (DNS rebinding).
 */
export const isLoopbackHost = (host: string | undefined): boolean =>
  /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host ?? "");
