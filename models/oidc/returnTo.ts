import { invalidInput } from '../../errors.ts';

/** A cookie has room for it. */
const MAX_LENGTH = 1024;

export type ReturnTo = ReturnType<typeof createReturnTo>;

/**
 * The pages to which a sign-in may return: those below APP_URL, and APP_URL itself.
 * @param appUrl without a slash at its end
 */
export function createReturnTo(appUrl: string) {
  const app = new URL(appUrl);
  const path = app.pathname.replace(/\/$/, '');

  /** Compares what a browser makes of the text, and passes on that: the text may be read in another way. */
  function isBelow({ href, origin, username, password, pathname }: URL): boolean {
    return (
      origin === app.origin &&
      username + password === '' &&
      (pathname === path || pathname.startsWith(`${path}/`)) &&
      // Some servers take these for slashes.
      !/%2f|%5c/i.test(pathname) &&
      href.length <= MAX_LENGTH
    );
  }

  return {
    /**
     * @param text a URL, or a path below APP_URL's host; APP_URL unless given
     * @returns the URL
     * @throws {ApiError} `validation_failed`
     */
    check(text = appUrl): string {
      if (URL.canParse(text, appUrl)) {
        const url = new URL(text, appUrl);
        if (isBelow(url)) return url.href;
      }
      throw invalidInput({
        path: 'return_to',
        message: `must be a URL below APP_URL of at most ${MAX_LENGTH} characters`,
      });
    },
  };
}
