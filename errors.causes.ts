import type { ErrorCode } from './errors.ts';

/** What the pages of the error codes say about a code, besides what `errors.ts` has. */
export interface Explanation {
  /** What happened to the request, in one or two sentences. */
  meaning: string;
  /** The most common first. Both texts may have `code`, and links to a code (`#code`) or a page of docs/. */
  causes: { cause: string; cure: string }[];
  /** The members of the response besides those that every error has. */
  members?: Partial<Record<'errors' | 'server_time' | 'string_to_sign' | 'mfa_token' | 'expires_in', string>>;
}

/** Every code of `errors.ts`. A code that is missing here does not compile. */
export const explanations: Record<ErrorCode, Explanation> = {
  malformed_json: {
    meaning:
      'The body is not one JSON object that every reader understands in the same way. Nothing was done.',
    causes: [
      {
        cause:
          'The text is no JSON: a comma too many, single quotes, a comment, or quotes that the shell removed.',
        cure: 'Make the text with a JSON library. With curl, put the body in single quotes after `--data-raw`, or send a file with `--data-binary @body.json`.',
      },
      {
        cause: 'The text is JSON, but no object: a list, a string, a number or `null`.',
        cure: 'Send an object, for example `{}`.',
      },
      {
        cause: 'The bytes are not UTF-8, or they begin with a byte order mark.',
        cure: 'Save and send the text as UTF-8 without a byte order mark.',
      },
      {
        cause: '`Content-Length` is smaller than the body, because it counts characters instead of bytes.',
        cure: 'Let the HTTP library compute the length, or count the bytes of the UTF-8 text.',
      },
      {
        cause: 'An object has a member name twice, or the name `__proto__`.',
        cure: 'Send each name once, and not `__proto__`.',
      },
      { cause: 'Objects and lists are nested more than 32 levels deep.', cure: 'Send fewer levels.' },
    ],
  },
  malformed_request: {
    meaning: 'The server cannot read the request, or a proxy could read it in another way. Nothing was done.',
    causes: [
      {
        cause:
          'The path of a signed request has an encoded slash, dot, backslash or NUL, or a segment `.` or `..`.',
        cure: 'Send the plain path: letters, digits and `-` in an id need no encoding.',
      },
      {
        cause:
          'The path has a character that must be percent-encoded, or a percent sign without the code of a UTF-8 character.',
        cure: 'Encode each part of the path, for example with `encodeURIComponent`.',
      },
      {
        cause:
          'The client uses the API as a proxy: it sends the whole URL in the request line, or `CONNECT`.',
        cure: 'Take the API out of the proxy settings of the client (`http_proxy`).',
      },
      {
        cause: 'The client speaks TLS or HTTP/2 to the port of the API.',
        cure: 'Use `http://` and HTTP/1.1 on this port. TLS belongs to a proxy in front: [nginx](deployment.md#nginx).',
      },
      {
        cause:
          'The header `Host` is missing, is sent twice, or (with a signature by RFC 9421) is no host name with an optional port.',
        cure: 'Send it once. Check the clients and proxies that set it by hand.',
      },
      {
        cause:
          '`Transfer-Encoding` has another coding than `chunked`, or the request is no valid HTTP/1.1 for another reason.',
        cure: 'Send the body with `Content-Length`, or with `chunked` alone. The log has the reason in the line `refused`.',
      },
      {
        cause: 'The connection ended before the whole body was there.',
        cure: 'Send the request again with a new signature.',
      },
    ],
  },

  signature_missing: {
    meaning: 'Every request except GET, HEAD and OPTIONS must be signed. Nothing was done.',
    causes: [
      {
        cause: 'The client does not sign.',
        cure: 'Try it with `npm run -s sign -- POST /auth/logout`, which prints a signed request. Then add the [signature](signing.md#rules) to the client.',
      },
      {
        cause: 'Only one of `X-Timestamp` and `X-Signature` was sent. `detail` names the missing one.',
        cure: 'Send both.',
      },
      {
        cause: 'A proxy or gateway removed the headers.',
        cure: 'Let it pass `X-Timestamp`, `X-Signature` and `X-Client-Id` on: [nginx](deployment.md#nginx).',
      },
      {
        cause:
          'A request in Postman is outside the collection, so the script of the collection does not run.',
        cure: 'Import `postman_collection.json` and put the request into it.',
      },
    ],
  },
  signature_malformed: {
    meaning: 'The headers of the signature do not have the exact form. Nothing was done.',
    causes: [
      {
        cause: 'The timestamp is in seconds, has a fraction, or is a date.',
        cure: 'Send Unix milliseconds, 13 digits: `Date.now()` in JavaScript, `date +%s%3N` in a shell with GNU date.',
      },
      {
        cause: 'The signature is in base64, or has a prefix such as `sha256=`.',
        cure: 'Send the 32 bytes of the HMAC as 64 hex digits, and nothing else.',
      },
      {
        cause: 'A header is there twice, because a library or a proxy appends it.',
        cure: 'Set the header instead of appending it, above all when a request is repeated.',
      },
      {
        cause: '`X-Client-Id` is not 1 to 64 letters, digits and `.` `_` `-`.',
        cure: 'Send the id as `SIGNATURE_KEYS` has it, or leave the header out.',
      },
      {
        cause: 'A signature by RFC 9421 covers other components or has other parameters.',
        cure: '`detail` names the difference. [HTTP Message Signatures](signing.md#http-message-signatures) lists what is needed.',
      },
    ],
  },
  signature_expired: {
    meaning:
      'The timestamp is too far from the clock of the server, in the past or the future. Nothing was done.',
    members: { server_time: 'the clock of the server, in Unix milliseconds' },
    causes: [
      {
        cause: 'The clock of the client is wrong.',
        cure: 'Set it by NTP, or add the difference to `server_time` to each timestamp. The [client library](client.md) does this.',
      },
      {
        cause: 'The request was signed long before it was sent, or its body arrived slowly.',
        cure: 'Sign directly before each attempt to send.',
      },
      {
        cause: 'All clients get this error: the clock of the server is wrong.',
        cure: 'Set the clock of the server by NTP.',
      },
      {
        cause: 'The server keeps sessions in memory, and the timestamp is from before its start.',
        cure: 'Sign again. A timestamp of `date +%s` has whole seconds: wait one second after the start. `REDIS_URL` removes this rule.',
      },
      {
        cause: 'The network or the queue of the client often takes longer than `SIGNATURE_TIMELIMIT`.',
        cure: 'Raise `SIGNATURE_TIMELIMIT`.',
      },
    ],
  },
  signature_mismatch: {
    meaning: 'The server has computed another signature. Nothing was done.',
    members: {
      string_to_sign: 'the string that the server has signed, only with `SIGNATURE_EXPLAIN=true`',
    },
    causes: [
      {
        cause: 'The client has another key. The first `npm start` replaces `default_secret` by a random key.',
        cure: 'Take `SIGNATURE_KEY` from the `.env` of the server, without quotes and line breaks. In Postman import `postman_environment.local.json` and select it.',
      },
      {
        cause: 'The body is written again after it was signed.',
        cure: 'Build the JSON text once, sign it, and send these bytes.',
      },
      {
        cause:
          'The path is not the one that the server receives: it has the query, it is not percent-encoded yet, or a proxy changes it.',
        cure: 'Sign the path of the request line, without the query. Let the proxy pass the path on unchanged: [nginx](deployment.md#nginx).',
      },
      {
        cause:
          'The parts are in another order, have separators, or the timestamp differs from `X-Timestamp`. The method is not in capitals.',
        cure: 'Compare your code with the [test vectors](signing.md#test-vectors-and-samples). In development set `SIGNATURE_EXPLAIN=true` and compare your string with `string_to_sign`.',
      },
      {
        cause:
          '`X-Client-Id` names a client that `SIGNATURE_KEYS` does not have, or another one than the key belongs to.',
        cure: 'Send the id that belongs to the key. After a change of `SIGNATURE_KEYS` send SIGHUP to every process.',
      },
      {
        cause: 'The key was changed, and `SIGNATURE_KEY_PREVIOUS` is empty again.',
        cure: 'Give the client the new key: [changing the key](signing.md#changing-the-key).',
      },
      {
        cause: 'With RFC 9421: `Content-Digest` is not that of the body, or a proxy changed `Host`.',
        cure: 'Compute the digest over the bytes that are sent. Let the proxy pass `Host` on.',
      },
    ],
  },
  signature_replayed: {
    meaning:
      'A request with this signature was already accepted. This one did nothing; the first one may have succeeded.',
    causes: [
      {
        cause: 'The client, its HTTP library or a proxy sent the request again with the same headers.',
        cure: 'Look whether the first request succeeded, for example with `GET /auth/sessions`. To repeat it, sign it again. Proxies must not repeat requests that change something: [nginx](deployment.md#nginx).',
      },
      {
        cause: 'Two equal requests have the same timestamp, also when two clients sent them.',
        cure: 'Use real milliseconds, not seconds with `000`. Where it can still happen, add a member such as `nonce` to the body.',
      },
      {
        cause: 'Somebody has captured the request and sends it again.',
        cure: 'The API has refused it. Use TLS, and [change the key](signing.md#changing-the-key) if it may be known.',
      },
    ],
  },

  token_missing: {
    meaning: 'The endpoint needs an access token, and the request has none.',
    causes: [
      {
        cause: 'The header `Authorization` is missing.',
        cure: 'Log in with `POST /auth/login`, and send `Authorization: Bearer` with the `access_token` of the response.',
      },
      {
        cause: 'The header has another scheme, or the token without `Bearer` before it.',
        cure: 'Write `Bearer`, a space and the token.',
      },
      {
        cause: 'A proxy removed the header, or the client dropped it at a redirect to another host.',
        cure: 'Let the proxy pass `Authorization` on. Use the address that the redirect leads to.',
      },
      {
        cause: 'The request is `GET /metrics`, and `METRICS_TOKEN` is set.',
        cure: 'Give the scraper this token: [metrics](operations.md#metrics).',
      },
    ],
  },
  token_invalid: {
    meaning: 'The token is not one that this API made, or its signature, issuer, audience or form is wrong.',
    causes: [
      {
        cause:
          'The token was changed: quotes, a line break, a missing end, or `Bearer` twice. Or the header is there twice.',
        cure: 'Send `access_token` as the response had it, in one header.',
      },
      { cause: 'The client sent the refresh token or the `mfa_token`.', cure: 'Send `access_token`.' },
      {
        cause:
          '`JWT_SECRET`, `JWT_ISSUER` or `JWT_AUDIENCE` was changed, or a key was removed from `JWT_KEYS`.',
        cure: 'Log in again. Every process needs the same values.',
      },
      {
        cause: 'The token is of another system, for example of the one before this API.',
        cure: 'Log in again.',
      },
      {
        cause: 'The clock of the process that made the token is more than 60 seconds ahead.',
        cure: 'Set the clocks of all servers by NTP.',
      },
      {
        cause:
          'At `POST /auth/login/mfa`: the `mfa_token` was used, is older than 300 seconds, or the password or the second factor has changed since. Or another attempt with it is in flight.',
        cure: 'Begin again with `POST /auth/login`. Send one attempt at a time.',
      },
      {
        cause: 'At `GET /metrics`: the token is not `METRICS_TOKEN`.',
        cure: 'Give the scraper the value of `METRICS_TOKEN`.',
      },
      {
        cause:
          'Another service uses `requireAuth`: it sends this code for every token that is not active. With `jwks` also for tokens that are signed with `JWT_SECRET`.',
        cure: 'Refresh the token or log in again. For `jwks` make a key pair with `npm run keys -- generate`: [keys](keys.md#services-that-verify-tokens-themselves).',
      },
    ],
  },
  token_expired: {
    meaning: 'The token is older than its lifetime. Its session may still be alive.',
    causes: [
      {
        cause: '`JWT_EXPIRES_IN` seconds have passed.',
        cure: 'Send the refresh token to `POST /auth/refresh`. Without one, log in again. The [client library](client.md) does this by itself.',
      },
      {
        cause: 'New tokens get this error, too: the clocks of the servers differ.',
        cure: 'Set the clocks of all servers by NTP.',
      },
    ],
  },
  token_revoked: {
    meaning:
      'The token is well-formed and not expired, but it is no longer on the allowlist. On the server, `npm run -s explain -- -` says which event ended it.',
    causes: [
      {
        cause:
          'The user logged in somewhere else, and `CONCURRENT_LOGIN` is `false`, which is the default, or a number.',
        cure: 'Log in again. To allow more sessions set [CONCURRENT_LOGIN](sessions.md#concurrent_login) to `true` or a higher number.',
      },
      {
        cause:
          'The session was ended: by a logout, from the list of sessions, or by a reset of the password.',
        cure: 'Log in again.',
      },
      {
        cause:
          'The session was refreshed or the password changed. Both give new tokens and revoke the earlier ones.',
        cure: 'Use the `access_token` of the latest response. Parts of a client that run at the same time must share it.',
      },
      {
        cause: 'A used refresh token came back: [refresh_reused](#refresh_reused).',
        cure: 'Log in again.',
      },
      { cause: 'The account was closed.', cure: 'Register again with `POST /auth/register`.' },
      {
        cause: 'The server keeps sessions in memory and was started again.',
        cure: 'Log in again. With `REDIS_URL` sessions outlive a restart.',
      },
      {
        cause: 'Redis lost or evicted keys.',
        cure: 'Run it with `appendonly yes` and `maxmemory-policy noeviction`: [Redis](operations.md#redis).',
      },
    ],
  },
  refresh_invalid: {
    meaning: 'The refresh token starts nothing. No session was ended because of it.',
    causes: [
      {
        cause:
          'The token was not used for `REFRESH_TOKEN_TTL` seconds, or the login is `SESSION_MAX_AGE` seconds ago.',
        cure: 'Log in again.',
      },
      {
        cause: 'The session has ended: by a logout, a newer login, a change or reset of the password.',
        cure: 'Log in again.',
      },
      {
        cause: 'The text is no refresh token: it was cut or changed, or it is the access token.',
        cure: 'Send `refresh_token` as the response had it.',
      },
      {
        cause: 'The browser did not send the cookie (`REFRESH_DELIVERY=cookie`).',
        cure: 'Call with `credentials: "include"`, from a page of the same site, and use only one of `/auth` and `/api/auth`: [cookies](sessions.md#cookies).',
      },
      {
        cause: 'The browser sent two cookies of this name.',
        cure: 'Delete the cookies of the site, and find the other host of the site that sets this name.',
      },
      {
        cause: '`JWT_SECRET` was changed, or Redis lost its data.',
        cure: 'Log in again. Every process needs the same `JWT_SECRET`.',
      },
    ],
  },
  refresh_reused: {
    meaning:
      'Two parties have the same refresh token. The API has ended the session, so neither can continue.',
    causes: [
      {
        cause:
          'Two parts of a client (tabs, processes) refresh with the same token, further apart than `REFRESH_LEEWAY` seconds.',
        cure: 'Log in again. Refresh in one place for the whole client, as the [client library](client.md) does.',
      },
      {
        cause: 'The client did not keep the new `refresh_token` of a response, and used the old one again.',
        cure: 'Log in again. Store the new token before anything else uses the response.',
      },
      {
        cause: 'The token was stolen.',
        cure: 'Log in and change the password with `POST /auth/change-password`. `GET /auth/activity` shows both addresses. `REFRESH_REUSE_SCOPE=user` ends all sessions of the user in this case.',
      },
    ],
  },
  invalid_credentials: {
    meaning:
      'The password, the code, or the combination of address and password is wrong. The response does not tell which, and it counts as a failed attempt.',
    causes: [
      {
        cause:
          'The password or the address has a typing mistake: another keyboard, capitals, a space at the end.',
        cure: 'Type both again. The API compares the password exactly and removes no spaces.',
      },
      {
        cause: 'The password is forgotten.',
        cure: 'Send the address to `POST /auth/forgot-password`, and set a new password with the link in the mail.',
      },
      {
        cause: 'There is no account with this address, or it was closed.',
        cure: 'Register with `POST /auth/register`.',
      },
      {
        cause: 'The code of the app is wrong: it was used already, or the clock of the phone is wrong.',
        cure: 'Wait for the next code, and let the phone set its clock by itself. A recovery code works at any time, once.',
      },
      {
        cause:
          'In a session, the current password is wrong: change of the password, second factor, closing the account.',
        cure: 'Send the password that the user logs in with.',
      },
      {
        cause: 'The account has no password, because the user signs in with a provider.',
        cure: 'Set the first one with `POST /auth/forgot-password`.',
      },
      {
        cause:
          'The code of a sign-in with a provider is used, older than 60 seconds, or of another browser. In the query of a page, `error=invalid_credentials`: the user cancelled, or the response of the provider is not valid.',
        cure: 'Begin the sign-in again, in one browser with cookies. The log has the reason in the line `a sign-in with a provider failed`.',
      },
    ],
  },

  mfa_required: {
    meaning: 'The password is right, and the user has a second factor. No session was started or ended.',
    members: {
      mfa_token: 'the token for the second step',
      expires_in: 'how long it is valid, in seconds',
    },
    causes: [
      {
        cause: 'The user has turned on a second factor.',
        cure: 'Ask for the code of the app, and send it with `mfa_token` to `POST /auth/login/mfa`.',
      },
      {
        cause: 'The user has lost the device.',
        cure: 'Send `recovery_code` instead of `code`. Without recovery codes, the operator can remove the factor: `npm run mfa:remove -- ada@example.com`.',
      },
    ],
  },
  insufficient_role: {
    meaning: 'The signature is right, but this client may not call this route. Nothing was done.',
    causes: [
      {
        cause: 'The client in `SIGNATURE_KEYS` has `routes`, and this route is not in it.',
        cure: 'Add method and path to `routes` as [docs/api.md](api.md#endpoints) writes them, and send SIGHUP to every process: [a key for each client](signing.md#a-key-for-each-client). Or sign with the key of another client.',
      },
    ],
  },
  mfa_required_for_admin: {
    meaning:
      'The user has the role `admin`, but logged in without a second factor. The admin API needs one in the same session.',
    causes: [
      {
        cause: 'The second factor is off.',
        cure: 'Turn it on with `POST /auth/mfa/totp` and `POST /auth/mfa/totp/confirm`, then log in again with a code.',
      },
      {
        cause: 'The second factor was turned on in this session.',
        cure: 'Log in again with a code.',
      },
      {
        cause: 'The API runs in development without a second factor.',
        cure: 'Set `ADMIN_REQUIRE_MFA=false`: [the admin API](admin.md#guards).',
      },
    ],
  },
  account_disabled: {
    meaning:
      'An administrator locked the account. It has no sessions and no login. This is only told after the right password.',
    causes: [
      {
        cause: 'An administrator or the operator locked the account.',
        cure: 'Ask the administrator. `POST /auth/admin/users/:id/unlock` or `npm run admin -- unlock` unlocks it: [lock](admin.md#lock-and-unlock).',
      },
      {
        cause: 'The password was reset by mail while the account is locked.',
        cure: 'A reset sets the password and does not unlock. Ask the administrator.',
      },
    ],
  },
  email_unverified: {
    meaning: 'The password is right, but the user has not shown yet that the e-mail address is theirs.',
    causes: [
      {
        cause: 'The login needs a verified address (`REQUIRE_EMAIL_VERIFICATION=true`).',
        cure: 'Open the link in the mail. Each such login sends another one, at most one per minute.',
      },
      {
        cause: '`POST /auth/mfa/totp` needs a verified address.',
        cure: 'Send `POST /auth/verify-email/resend`, open the link in the mail, and try again.',
      },
      {
        cause: 'The first sign-in with a provider: it does not say that the address is verified.',
        cure: 'Verify the address at the provider. Or register with a password and link the identity: [sign-in](oidc.md#linking).',
      },
      {
        cause: 'No mail arrives.',
        cure: 'Set `SMTP_URL`. Without it each mail is a file in `data/outbox`, and in production there are none. The log has an error line for each lost mail: [e-mail](accounts.md#e-mail).',
      },
      {
        cause: 'The users are older than the setting.',
        cure: 'Mark their addresses as verified with the statement in [e-mail](accounts.md#e-mail).',
      },
    ],
  },

  not_found: {
    meaning: 'There is no such endpoint, or the thing that the path names does not exist for this user.',
    causes: [
      {
        cause: 'The path has a typing mistake or other capitals, or a proxy adds or removes a part of it.',
        cure: 'Compare it with [docs/api.md](api.md#endpoints). Auth paths begin with `/auth` or `/api/auth`.',
      },
      {
        cause:
          'The client joins address and path with two slashes: `https://host/` and `/auth/login` give `//auth/login`.',
        cure: 'Leave out the slash at the end of the address.',
      },
      {
        cause:
          'The endpoint is turned off: `POST /auth/refresh` by `REFRESH_TOKEN_TTL=0`, in production `GET /openapi.json` and `GET /docs/errors` without `DOCS=true`, and `GET /metrics` without `METRICS_TOKEN` or with `METRICS_PORT`.',
        cure: 'Change the setting.',
      },
      {
        cause: '`DELETE /auth/sessions/:id` names no live session of this user.',
        cure: 'Take the id from `GET /auth/sessions`.',
      },
      {
        cause:
          '`POST /auth/mfa/totp/confirm` comes without an enrolment, or `DELETE /auth/mfa/totp` while the second factor is off.',
        cure: 'Begin with `POST /auth/mfa/totp`. A factor that is off needs no turning off.',
      },
    ],
  },
  method_not_allowed: {
    meaning: 'The path exists, but not with this method. Nothing was done.',
    causes: [
      {
        cause: 'The method is wrong, for example a GET of `/auth/login` in the address bar of a browser.',
        cure: 'Use a method of the header `Allow`.',
      },
      {
        cause: 'A redirect, mostly from `http://` to `https://`, turned a POST into a GET.',
        cure: 'Call the address that the redirect leads to.',
      },
    ],
  },
  request_timeout: {
    meaning: 'The request was not complete in time, and the connection was closed. Nothing was done.',
    causes: [
      {
        cause: '`Content-Length` is larger than the body, so the server waits for bytes that never come.',
        cure: 'Let the HTTP library compute the length in bytes.',
      },
      {
        cause: 'The connection is very slow or was interrupted.',
        cure: 'Send the request again with a new signature.',
      },
    ],
  },
  email_taken: {
    meaning: 'An account with this address exists. Nothing was changed.',
    causes: [
      {
        cause: 'The user has registered before, or the form was sent twice and the first request succeeded.',
        cure: 'Log in with `POST /auth/login`, or set a new password with `POST /auth/forgot-password`.',
      },
      {
        cause:
          'The collation of an older `users` table treats a similar address as equal, for example one without an accent.',
        cure: 'Register with another address.',
      },
    ],
  },
  mfa_already_enabled: {
    meaning: 'The user has a second factor, and it stays as it is.',
    causes: [
      {
        cause: 'The user wants to move to another device.',
        cure: 'Turn the factor off with `DELETE /auth/mfa/totp`, which takes the password and a code, then enrol again.',
      },
      {
        cause: 'Two requests confirmed the same enrolment.',
        cure: 'Use the recovery codes of the response that was 200.',
      },
    ],
  },
  link_required: {
    meaning:
      'An identity at an OpenID Provider cannot be used, linked or unlinked like this. Nothing was changed: [sign-in](oidc.md).',
    causes: [
      {
        cause: 'The first sign-in with a provider, and an account has the same address.',
        cure: 'Log in to the account, then link the identity with `POST /auth/oidc/:provider/link`. The API never links by address.',
      },
      {
        cause: 'The identity that should be linked belongs to another account.',
        cure: 'Sign in with it, and unlink it there with `DELETE /auth/oidc/identities/:id`.',
      },
      {
        cause: 'The account has 20 identities.',
        cure: 'Unlink one first.',
      },
      {
        cause: 'The identity that should be unlinked is the last way to log in.',
        cure: 'Link another one, or set a password with `POST /auth/forgot-password`.',
      },
    ],
  },
  session_limit: {
    meaning: 'The password is right, but the login would be over the limit. No session was started or ended.',
    causes: [
      {
        cause: '`CONCURRENT_LOGIN` is reached, and `CONCURRENT_LOGIN_POLICY` is `deny`.',
        cure: 'Log out on another device, or end a session there with `DELETE /auth/sessions/:id`.',
      },
      {
        cause: 'The other device is lost.',
        cure: 'Reset the password with `POST /auth/forgot-password`: this ends every session.',
      },
      {
        cause: 'New logins should replace the oldest session.',
        cure: 'Set `CONCURRENT_LOGIN_POLICY=evict`.',
      },
    ],
  },
  payload_too_large: {
    meaning: 'The body is over the limit. The server did not read it to the end.',
    causes: [
      {
        cause: 'The body is larger than 100 KiB, at `POST /auth/introspect` larger than 8 KiB.',
        cure: 'Send only the members that the endpoint knows: [bodies](api.md#bodies).',
      },
      {
        cause: 'A proxy or a client adds long extensions to the chunks of the body.',
        cure: 'Send the body with `Content-Length`.',
      },
    ],
  },
  unsupported_media_type: {
    meaning: 'The body is not declared as plain JSON in UTF-8. Nothing was done.',
    causes: [
      {
        cause:
          'The header is missing or names another type. `curl --data` sends a form, and `fetch` sends a string as `text/plain`.',
        cure: 'Send `Content-Type: application/json`.',
      },
      {
        cause: 'The header names another `charset`.',
        cure: 'Leave it out, or send `charset=utf-8`.',
      },
      { cause: 'The body is compressed.', cure: 'Send it without `Content-Encoding`.' },
    ],
  },
  validation_failed: {
    meaning: 'The request is well-formed, but a value breaks a rule. Nothing was changed.',
    members: { errors: 'a list of `{path, message}`, one for each rule that is broken' },
    causes: [
      {
        cause: 'A member is missing, has another type, or is too long.',
        cure: 'Read `path` and `message` of each entry, and compare with [bodies](api.md#bodies).',
      },
      {
        cause: 'The new password is too short, too common, or the name or address of the user.',
        cure: 'Take a longer one of words that do not belong together: [passwords](accounts.md#passwords).',
      },
      {
        cause:
          '`token` of a link is used, expired, or older than the last change of the password or the address.',
        cure: 'Ask for a new link with `POST /auth/forgot-password` or `POST /auth/verify-email/resend`.',
      },
      {
        cause:
          '`state` of a callback does not belong to a sign-in that this browser began in the last ten minutes, or `return_to` is not below `APP_URL`.',
        cure: 'Begin the sign-in again at the page. Pages and API must be of the same site: [sign-in](oidc.md#settings).',
      },
      {
        cause: '`code` is missing at `DELETE /auth/account`, and the user has a second factor.',
        cure: 'Send a code of the app or a recovery code as `code`.',
      },
      {
        cause:
          'A parameter of the query is malformed or there twice, or the query has more than 2,048 characters.',
        cure: 'Send `limit` from 1 to 100, and `cursor` as `next` of the earlier response had it.',
      },
      {
        cause: '`name` has characters that an older `users` table cannot hold.',
        cure: 'Run the `ALTER` statement that the server prints as a warning at its start.',
      },
    ],
  },
  headers_too_large: {
    meaning: 'The headers are over the limit, and the connection was closed. Nothing was done.',
    causes: [
      {
        cause: 'The browser sends many cookies of the same domain.',
        cure: 'Delete the cookies, or give the API a host name of its own.',
      },
      {
        cause: 'A proxy or gateway adds many or long headers.',
        cure: 'Remove those that the API does not need.',
      },
    ],
  },

  rate_limited: {
    meaning: 'This address is over its limit. The request was not looked at, whether it was signed or not.',
    causes: [
      {
        cause: 'The client sends too many requests that change something. Refused requests count, too.',
        cure: 'Wait for the seconds in `Retry-After`. The header `RateLimit` of each response shows how many are left.',
      },
      {
        cause:
          'All clients get this error: the API is behind a proxy that it does not know, so they share the address of the proxy.',
        cure: 'Set `TRUST_PROXY` to the address of the proxy: [limits](accounts.md#limits).',
      },
      {
        cause: 'Many users share an address, for example in an office.',
        cure: 'Raise `RATE_LIMIT_MAX`.',
      },
      {
        cause: 'An administrator sends a user a second reset link within a minute.',
        cure: 'Wait for the seconds in `Retry-After`: [administration](admin.md#what-each-act-does).',
      },
      { cause: 'The requests are a load test.', cure: 'Set `RATE_LIMIT=off` for the test.' },
    ],
  },
  account_locked: {
    meaning:
      'There were too many failed attempts. Attempts during the lock are not checked and do not prolong it. Sessions continue.',
    causes: [
      {
        cause:
          'There were `LOCKOUT_FAILURES` wrong passwords for this address within `LOCKOUT_WINDOW` seconds.',
        cure: 'Wait for the seconds in `Retry-After`, or reset the password with `POST /auth/forgot-password`, which unlocks the login at once.',
      },
      {
        cause: 'A program or another device still tries an old password.',
        cure: 'Give it the new password first.',
      },
      {
        cause:
          'There were `MFA_FAILURES` wrong codes, or too many wrong passwords in a session. They are counted apart.',
        cure: 'Wait for the seconds in `Retry-After`.',
      },
      {
        cause: 'Somebody guesses passwords.',
        cure: 'Nothing is broken. The operator can see who it is, and unlock the account: [AuthLockouts](operations.md#authlockouts).',
      },
    ],
  },

  internal_error: {
    meaning: 'An error that the API did not expect. The request may have changed something.',
    causes: [
      {
        cause: 'There is a fault in the API or in its set-up.',
        cure: 'Give the `request_id` to the operator. The log has a line with this id, with the error and its stack.',
      },
      {
        cause:
          'The request checks a code, and `DATA_KEY` is not the key that the second factor was encrypted with.',
        cure: 'Set the earlier key as `DATA_KEY_PREVIOUS`. Until then recovery codes work: [second factor](accounts.md#second-factor).',
      },
    ],
  },
  store_unavailable: {
    meaning:
      'The API could not check or could not write. It lets nothing through in this case. A write may still have happened, so read before you repeat it.',
    causes: [
      {
        cause: 'Redis or MySQL is down, too slow or unreachable.',
        cure: 'Keep the tokens, wait for the seconds in `Retry-After` and try again. The operator finds the store with `GET /health/ready`: [what breaks](operations.md#what-breaks-and-what-then-happens).',
      },
      {
        cause:
          'The store is up, but refuses to write: it is full, read-only or a replica. Then `GET /health/ready` is 200.',
        cure: 'Read `err` in the log line with the `request_id`, and find it in the same table.',
      },
      {
        cause: 'An OpenID Provider does not respond, or not as it should. `detail` names it.',
        cure: 'Log in with a password, or try again later. The operator finds the reason in the log: [AuthProviderAway](operations.md#authprovideraway).',
      },
      {
        cause: 'A store often needs longer than its deadline, or the pool of connections is used up.',
        cure: 'Find out why it is slow. Then raise `REDIS_TIMEOUT_MS`, `DB_TIMEOUT_MS` or `DB_POOL_SIZE`.',
      },
      {
        cause: 'The password of the account is being changed at this moment.',
        cure: 'Try again after `Retry-After`. After a write that timed out, logins of this user wait for at most 60 seconds.',
      },
      {
        cause: 'The password was changed, but the new session could not be started. `detail` says so.',
        cure: 'Log in with the new password.',
      },
      {
        cause: 'Another service uses `requireAuth` and cannot reach the API, NATS or Redis.',
        cure: 'Start what is down, or correct the address: [other services](services.md).',
      },
    ],
  },
  overloaded: {
    meaning:
      'Too many requests that need a password check came at the same time. The request changed nothing.',
    causes: [
      {
        cause: 'More passwords wait than the cores can check. Other requests are served as usual.',
        cure: 'Wait for the seconds in `Retry-After`. The operator finds the numbers in [sizing](operations.md#sizing): more cores, or `BCRYPT_ROUNDS` and `HASH_QUEUE_LIMIT`.',
      },
      {
        cause: 'Many attempts for one account are in flight at the same time.',
        cure: 'Send one attempt at a time.',
      },
      {
        cause: 'Over NATS: more than 1,000 token checks run in one process.',
        cure: 'Ask again, and start more processes of the API.',
      },
    ],
  },
  shutting_down: {
    meaning: 'The process stops and did not finish the request in time. It may have changed something.',
    causes: [
      {
        cause: 'The API is being restarted or replaced.',
        cure: 'Send the request again with a new signature.',
      },
      {
        cause: 'The load balancer still sends requests to a process that stops.',
        cure: 'Let it check `GET /health/ready`, at least twice within `SHUTDOWN_DELAY_MS`: [stopping](deployment.md#stopping).',
      },
    ],
  },
};
