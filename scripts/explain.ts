// `npm run -s explain -- -`: says what the API thinks of a token, and why. It changes nothing.
// Exit code 0: the API accepts the token. 1: it does not. 2: that cannot be said.
import { tokenOptions } from '../compose.ts';
import { type Env, parseEnv, readEnvironment } from '../config/env.ts';
import { createRefreshTokenModel } from '../models/session/refreshToken.model.ts';
import {
  type AccessClaims,
  createTokenModel,
  MAX_TOKEN_LENGTH,
  TokenRefusedError,
} from '../models/session/token.model.ts';
import { errorText } from '../stores/stores.ts';
import { askStores } from './explain/facts.ts';
import { expiryOf, refusalText } from './explain/refusals.ts';
import { aboutAccessToken, aboutRefreshToken, NOT_GOOD, type Report, UNKNOWN } from './explain/report.ts';

const usage = `usage: npm run -s explain -- -
       npm run -s explain -- TOKEN

  -  reads the token from standard input. A token in the command stays in the history of the shell.`;

try {
  const [argument, ...more] = process.argv.slice(2);
  if (argument === undefined || more.length > 0) throw new Error(usage);
  const text = argument === '-' ? await readLine() : argument;
  const token = text.trim().replace(/^(authorization: *)?bearer +/i, '');
  if (token === '') throw new Error(usage);
  const { exitCode, lines } = await explain(token, parseEnv(readEnvironment()), Date.now());
  console.log(lines.join('\n'));
  process.exitCode = exitCode;
} catch (error) {
  console.error(`explain: ${errorText(error)}`);
  process.exitCode = UNKNOWN;
}

/** The first line of standard input, as far as its length matters. */
async function readLine(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text = (text + chunk).trimStart();
    if (text.includes('\n') || text.length > 2 * MAX_TOKEN_LENGTH) break;
  }
  return text.split('\n', 1)[0] ?? '';
}

async function explain(token: string, env: Env, now: number): Promise<Report> {
  const refreshToken = createRefreshTokenModel(env.JWT_SECRET).parse(token);
  if (refreshToken) return aboutRefreshToken(refreshToken, await askStores(env, refreshToken), now);
  try {
    const claims = genuineClaims(token, env, now);
    return aboutAccessToken(claims, await askStores(env, claims), now);
  } catch (error) {
    if (!(error instanceof TokenRefusedError)) throw error;
    return { exitCode: NOT_GOOD, lines: [`Not ours. ${refusalText(error.refusal, token, env)}`] };
  }
}

/**
 * The claims of a token of this API, also of an expired one.
 * @throws {TokenRefusedError}
 */
function genuineClaims(token: string, env: Env, now: number): AccessClaims {
  const verifyAt = (time: number) => createTokenModel(tokenOptions(env), () => time).verify(token);
  try {
    return verifyAt(now);
  } catch (error) {
    if (!(error instanceof TokenRefusedError) || error.refusal !== 'expired') throw error;
    return verifyAt((expiryOf(token) - 1) * 1000);
  }
}
