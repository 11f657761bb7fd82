// The token that every change brings: the server gives it in a cookie that pages of another site cannot read.
export const CSRF_HEADER = "x-beredt-csrf";

/** Its value among the page's cookies: over TLS under a name of its own, on one's own machine under one with the port. */
export function csrfToken(cookies: string = document.cookie, port: string = location.port): string {
  const names = ["__Host-beredt-csrf", port ? `beredt-csrf-${port}` : "beredt-csrf"];
  const held = new Map(
    cookies.split("; ").map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    }),
  );
  for (const name of names) {
    const value = held.get(name);
    if (value) return value;
  }
  return "";
}
