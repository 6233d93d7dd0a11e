import { button, byId, element } from './element.js';

/** @typedef {import('./logins.js').Login} Login */
/** @typedef {import('./requests.js').Logins} Logins */
/** @typedef {ReturnType<typeof import('./requests.js').createRequests>} Requests */
/** @typedef {{ id: string, current: boolean, device_name: string | null, ip: string, user_agent: string, created_at: string, last_used_at: string }} SessionEntry */

/** Where a login of the page starts, and what its next call is. */
const LOGIN = '/auth/login';
const NEXT_CALL = '/auth/profile';
const SESSIONS = '/auth/sessions';

/**
 * The panel where several logins are tried and ended.
 * @param {{ requests: Requests, logins: Logins }} parts
 * @returns {{ render: () => void }} `render` shows the logins as they are now
 */
export function createSessionsPanel({ requests, logins }) {
  const form = byId('login-form', HTMLFormElement);
  const email = byId('login-email', HTMLInputElement);
  const password = byId('login-password', HTMLInputElement);
  const device = byId('login-device', HTMLInputElement);
  const loginButton = byId('login-button', HTMLButtonElement);
  const loginList = byId('logins', HTMLOListElement);
  const noLogins = byId('no-logins', HTMLElement);
  const listButton = byId('list-button', HTMLButtonElement);
  const sessionList = byId('sessions', HTMLUListElement);
  /** The login whose sessions are listed. */
  let listed = logins.current;

  form.addEventListener('submit', async event => {
    event.preventDefault();
    const body = { email: email.value, password: password.value, device_name: device.value || undefined };
    await requests.call('POST', LOGIN, { body, token: null });
  });

  listButton.addEventListener('click', async () => {
    const login = logins.current;
    const response = await requests.call('GET', SESSIONS);
    if (!response?.ok || login !== logins.current) return;
    /** @type {{ sessions: SessionEntry[] }} */
    const { sessions } = await response.json();
    listed = login;
    sessionList.replaceChildren(...sessions.map(sessionItem));
  });

  /** @param {SessionEntry} session */
  function sessionItem(session) {
    const { id, current, ip, user_agent, created_at, last_used_at } = session;
    const name = session.device_name ?? 'No device name';
    const login = logins.list.find(({ sessionId }) => sessionId === id);
    const end = button('End', `End the session of ${name}`, async () => {
      const response = await requests.call('DELETE', `${SESSIONS}/${encodeURIComponent(id)}`);
      if (response?.status !== 204) return;
      item.remove();
      listButton.focus();
    });
    const item = element(
      'li',
      {},
      row(element('strong', {}, name), [
        ...(login ? [badge(`login ${login.number}`)] : []),
        ...(current ? [badge('current')] : []),
        end,
      ]),
      element('p', { class: 'quiet agent', title: user_agent }, `${ip || 'unknown address'} · ${user_agent}`),
      element('p', { class: 'quiet' }, 'Started ', time(created_at), ', last used ', time(last_used_at)),
    );
    return item;
  }

  /** @param {Login} login */
  function loginItem(login) {
    const { number, email, token, state } = login;
    const isCurrent = login === logins.current;
    const next = button('Next call', `Next call of login ${number}`, () =>
      requests.call('GET', NEXT_CALL, { token }),
    );
    const use = button('Use', `Use login ${number}`, () => logins.use(login));
    return element(
      'li',
      { tabindex: '-1' },
      row(element('strong', {}, `${number} · ${email}`), isCurrent ? [badge('in use')] : []),
      row(element('span', { class: token ? 'quiet' : 'bad' }, state), [
        ...(token && !isCurrent ? [use] : []),
        ...(token ? [next] : []),
      ]),
    );
  }

  return {
    render() {
      loginButton.textContent = logins.list.length > 0 ? 'Log in once more' : 'Log in';
      noLogins.hidden = logins.list.length > 0;
      // The buttons are new, so the focus is given to the same one again.
      const focused = [...loginList.children].findIndex(item => item.contains(document.activeElement));
      const label = document.activeElement?.getAttribute('aria-label');
      loginList.replaceChildren(...logins.list.map(loginItem));
      const item = loginList.children[focused];
      if (item instanceof HTMLElement) {
        const same = [...item.querySelectorAll('button')].find(({ ariaLabel }) => ariaLabel === label);
        (same ?? item).focus();
      }
      if (listed !== logins.current) sessionList.replaceChildren();
      listed = logins.current;
      if (email.value === '') email.value = logins.current?.email ?? '';
    },
  };
}

/**
 * @param {Node} first on the left side
 * @param {Node[]} rest on the right side
 */
function row(first, rest) {
  return element('div', { class: 'row' }, first, ...rest);
}

/** @param {string} text */
function badge(text) {
  return element('span', { class: 'badge' }, text);
}

/** @param {string} iso */
function time(iso) {
  return element('time', { datetime: iso }, new Date(iso).toLocaleString());
}
