/**
 * A login of this tab.
 * @typedef {object} Login
 * @property {number} number 1 for the first of the tab
 * @property {string} email
 * @property {string} sessionId
 * @property {string | null} token the newest access token; null after the API said that it has ended
 * @property {string} state what is known of it, for the reader
 */

/** @typedef {{ access_token: string, user: { email: string | null }, session: { id: string } }} TokenResponse */

const ENDED = ['token_revoked', 'token_expired'];

/**
 * The logins of this tab, in memory only. The token of the current one is sent with every request.
 * @param {() => void} onChange called after each change
 */
export function createLogins(onChange) {
  /** @type {Login[]} */
  const list = [];
  /** @type {Login | null} */
  let current = null;

  return {
    /** @returns {readonly Login[]} */
    get list() {
      return list;
    },

    get current() {
      return current;
    },

    /** @param {Login} login */
    use(login) {
      current = login;
      onChange();
    },

    /**
     * Takes the tokens of a response, and makes their login the current one.
     * @param {TokenResponse} response
     */
    adopt({ access_token: token, user, session }) {
      const known = list.find(({ sessionId }) => sessionId === session.id);
      if (known) {
        known.token = token;
        known.state = 'has a new token';
        current = known;
      } else {
        current = {
          number: list.length + 1,
          email: user.email ?? '',
          sessionId: session.id,
          token,
          state: 'not used yet',
        };
        list.push(current);
      }
      onChange();
    },

    /**
     * Takes note of the response to a request with this token.
     * @param {string} token
     * @param {string} outcome its status and code
     * @param {string | undefined} code
     */
    used(token, outcome, code) {
      const login = list.find(known => known.token === token);
      if (!login) return;
      login.state = `last response: ${outcome}`;
      if (ENDED.includes(code ?? '')) {
        login.token = null;
        if (current === login) current = null;
      }
      onChange();
    },

    /**
     * After a logout with this token: only the next call of its login still sends it.
     * @param {string} token
     */
    loggedOut(token) {
      if (current?.token === token) current = null;
      const login = list.find(known => known.token === token);
      if (login) login.state = 'logged out';
      onChange();
    },
  };
}
