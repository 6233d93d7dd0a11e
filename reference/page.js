import { byId } from './element.js';
import { createLastRequestPanel } from './lastRequest.js';
import { createLogins } from './logins.js';
import { createRequests } from './requests.js';
import { createSessionsPanel } from './sessions.js';
import { createSigner } from './signer.js';
import { swaggerPlugin } from './swaggerPlugin.js';

const signer = createSigner();
const logins = createLogins(() => sessionsPanel.render());
const lastRequest = createLastRequestPanel();
const requests = createRequests({ signer, logins, onExchange: lastRequest.show });
const sessionsPanel = createSessionsPanel({ requests, logins });

followColorScheme();
watchKey();
byId('last-request', HTMLDetailsElement).open = matchMedia('(min-width: 60rem)').matches;
showReference();

/** Swagger UI has a class of its own for dark mode. */
function followColorScheme() {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
  dark.addEventListener('change', follow);
  follow();
}

function watchKey() {
  const form = byId('signing-form', HTMLFormElement);
  const key = byId('signing-key', HTMLInputElement);
  const clientId = byId('client-id', HTMLInputElement);
  const state = byId('signing-state', HTMLElement);
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (!isSecureContext) {
      state.textContent = 'This browser signs only on https and on localhost.';
      return;
    }
    await signer.useKey(key.value, clientId.value);
    key.value = '';
    state.textContent = clientId.value
      ? `Requests are signed with the key of ${clientId.value}.`
      : 'Requests are signed.';
  });
}

function showReference() {
  SwaggerUIBundle({
    url: '/openapi.json',
    domNode: byId('reference', HTMLElement),
    presets: [SwaggerUIBundle.presets.apis],
    plugins: [swaggerPlugin],
    validatorUrl: null,
    docExpansion: 'list',
    defaultModelsExpandDepth: -1,
    tryItOutEnabled: true,
    async requestInterceptor(request) {
      if (request.loadSpec) return request;
      request.userFetch = await requests.prepare(request);
      return request;
    },
  });
}
