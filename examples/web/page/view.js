// What the page shows. Text from the API goes into the page only as text, never as HTML.
import { AuthApiError } from '/express-auth-api/client/index.js';

/** @typedef {import('/express-auth-api/client/index.js').SessionEntry} SessionEntry */

/** What to say for a code of the API. The other codes have a title that says enough. */
const WORDS = new Map([
  ['network_error', 'The server does not answer. Check your connection and try again.'],
  ['unexpected_answer', 'The server is not working properly. Try again later.'],
  ['validation_failed', 'Please check the marked fields.'],
  ['invalid_credentials', 'The e-mail address, the password or the code is wrong.'],
  ['email_taken', 'This e-mail address already has an account. Sign in instead.'],
  ['email_unverified', 'Open the link in the mail that you got, then sign in.'],
  ['store_unavailable', 'The server cannot answer at the moment.'],
]);

/**
 * Finds an element that the page always has.
 * @template {HTMLElement} T
 * @param {string} selector
 * @param {new () => T} type
 * @param {ParentNode} parent
 * @returns {T}
 */
export function find(selector, type, parent = document) {
  const found = parent.querySelector(selector);
  if (!(found instanceof type)) throw new TypeError(`The page has no ${selector}`);
  return found;
}

/**
 * Shows one view and hides the others.
 * @param {string} id
 */
export function show(id) {
  if (!find(`#${id}`, HTMLElement).hidden) return;
  for (const view of document.querySelectorAll('.view')) view.toggleAttribute('hidden', view.id !== id);
  // Screen readers continue here.
  find(`#${id} h1`, HTMLElement).focus();
}

/**
 * Shows a message above the view; an empty one hides it.
 * @param {string} text
 */
export function say(text) {
  const message = find('#message', HTMLElement);
  message.textContent = text;
  message.hidden = text === '';
}

/**
 * Says in plain words why a call failed.
 * @param {unknown} error
 */
export function explain(error) {
  if (!(error instanceof AuthApiError)) {
    console.error(error);
    say('Something went wrong in this page. Load it again.');
    return;
  }
  const { code, detail, problem, retryAfter = 0 } = error;
  const [amount, unit] = retryAfter > 90 ? [Math.ceil(retryAfter / 60), 'minutes'] : [retryAfter, 'seconds'];
  const wait = amount > 0 ? ` Try again in ${amount} ${unit}.` : '';
  const title = problem.title ? `${problem.title}.` : detail;
  say((WORDS.get(code) ?? title) + wait);
}

/**
 * Runs an action for each submit of a form, one at a time, and shows why it failed.
 * @param {string} id
 * @param {(value: (name: string) => string) => Promise<void>} action gets a function that reads a field
 */
export function onSubmit(id, action) {
  const form = find(`#${id}`, HTMLFormElement);
  const button = find('button[type=submit]', HTMLButtonElement, form);
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const data = new FormData(form);
    button.disabled = true;
    say('');
    mark(form, []);
    try {
      await action(name => String(data.get(name)));
    } catch (error) {
      explain(error);
      if (error instanceof AuthApiError) mark(form, error.errors);
    } finally {
      button.disabled = false;
    }
  });
}

/**
 * Marks the fields that the API refused.
 * @param {HTMLFormElement} form
 * @param {AuthApiError['errors']} errors
 */
function mark(form, errors) {
  for (const input of form.querySelectorAll('input')) {
    const fault = errors.find(({ path }) => path === input.name);
    input.parentElement?.querySelector('.fault')?.remove();
    input.toggleAttribute('aria-invalid', fault !== undefined);
    if (!fault) continue;
    // In the label, so that it is read with the field.
    const note = document.createElement('span');
    note.className = 'fault';
    note.textContent = `This ${fault.message}.`;
    input.after(note);
  }
}

/** Forgets what was typed into the forms. */
export function clearForms() {
  for (const form of document.forms) form.reset();
}

/**
 * @param {{ name: string, email: string }} user
 * @param {SessionEntry[]} sessions
 * @param {(id: string) => void} onEnd called when the user ends a session
 */
export function fillAccount(user, sessions, onEnd) {
  find('#name', HTMLElement).textContent = user.name;
  find('#email', HTMLElement).textContent = user.email;
  find('#sessions', HTMLElement).replaceChildren(...sessions.map(session => sessionItem(session, onEnd)));
}

/**
 * @param {SessionEntry} session
 * @param {(id: string) => void} onEnd
 */
function sessionItem({ id, current, device_name, user_agent, ip, last_used_at }, onEnd) {
  const { content } = find('#session', HTMLTemplateElement);
  const item = find('li', HTMLElement, document.importNode(content, true));
  const name = device_name ?? (user_agent || 'Unknown device');
  find('strong', HTMLElement, item).textContent = name;
  find('.badge', HTMLElement, item).hidden = !current;
  find('p span', HTMLElement, item).textContent = ip;
  const time = find('time', HTMLTimeElement, item);
  time.dateTime = last_used_at;
  time.textContent = new Date(last_used_at).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
  const button = find('button', HTMLButtonElement, item);
  button.hidden = current;
  button.setAttribute('aria-label', `End the session ${name}`);
  button.addEventListener('click', () => {
    button.disabled = true;
    onEnd(id);
  });
  return item;
}

/** The name of this browser for the list of sessions, such as "Firefox on Linux". */
export function deviceName() {
  const { userAgent } = navigator;
  const browser = ['Edg', 'Firefox', 'Chrome', 'Safari'].find(name => userAgent.includes(`${name}/`));
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac', 'Linux'].find(name =>
    userAgent.includes(name),
  );
  return `${(browser ?? 'Browser').replace('Edg', 'Edge')}${system ? ` on ${system}` : ''}`;
}
