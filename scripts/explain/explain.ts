import { tokenOptions } from '../../compose.ts';
import { type Env, parseEnv } from '../../config/env.ts';
import { createRefreshTokenModel } from '../../models/session/refreshToken.model.ts';
import {
  type AccessClaims,
  createTokenModel,
  MAX_TOKEN_LENGTH,
  TokenRefusedError,
} from '../../models/session/token.model.ts';
import { errorText } from '../../stores/stores.ts';
import type { Program } from '../program.ts';
import { askStores } from './facts.ts';
import { expiryOf, refusalText } from './refusals.ts';
import { aboutAccessToken, aboutRefreshToken, NOT_GOOD, type Report, UNKNOWN } from './report.ts';

const usage = `usage: npm run -s explain -- -
       npm run -s explain -- TOKEN

  -  reads the token from standard input. A token in the command stays in the history of the shell.`;

/** `npm run explain`. */
export const explain: Program = async ({ args, settings, stdin, console }) => {
  try {
    const [argument, ...more] = args;
    if (argument === undefined || more.length > 0) throw new Error(usage);
    const text = argument === '-' ? await readLine(stdin) : argument;
    const token = text.trim().replace(/^(authorization: *)?bearer +/i, '');
    if (token === '') throw new Error(usage);
    const { exitCode, lines } = await reportOn(token, parseEnv(settings()), Date.now());
    console.log(lines.join('\n'));
    return exitCode;
  } catch (error) {
    console.error(`explain: ${errorText(error)}`);
    return UNKNOWN;
  }
};

/** The first line of an input, as far as its length matters. */
async function readLine(input: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of input.setEncoding('utf8')) {
    text = (text + chunk).trimStart();
    if (text.includes('\n') || text.length > 2 * MAX_TOKEN_LENGTH) break;
  }
  return text.split('\n', 1)[0] ?? '';
}

async function reportOn(token: string, env: Env, now: number): Promise<Report> {
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
