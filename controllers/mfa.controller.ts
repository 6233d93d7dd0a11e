import type { Request, Response } from 'express';
import type { LoginModel } from '../models/account/login.model.ts';
import type { MfaModel, SecondFactorCredential } from '../models/mfa/mfa.model.ts';
import type { Checked } from './bodies.ts';
import { clientContextOf } from './clientContextOf.ts';
import type { SendTokens } from './tokenResponse.ts';

interface Dependencies {
  logins: Pick<LoginModel, 'loginMfa'>;
  mfa: MfaModel;
  sendTokens: SendTokens;
}

/** The second factor's endpoints. */
export function createMfaController({ logins, mfa, sendTokens }: Dependencies) {
  return {
    async enrol(req: Checked<'enrolTotp'>, res: Response) {
      const { secret, uri } = await mfa.enrol(actorOf(req), req.body.password);
      const { default: qrCode } = await import('qrcode'); // few ever need it
      const svg = await qrCode.toString(uri, { type: 'svg' });
      res.status(201).json({ secret, otpauth_uri: uri, qr_svg: svg });
    },

    async confirm(req: Checked<'confirmTotp'>, res: Response) {
      res.json({ recovery_codes: await mfa.confirm(actorOf(req), req.body.code) });
    },

    async disable(req: Checked<'disableTotp'>, res: Response) {
      const { password, code } = req.body;
      await mfa.disable(actorOf(req), password, credentialOf(code));
      res.status(204).end();
    },

    async login(req: Checked<'loginMfa'>, res: Response) {
      const { mfa_token, code, recovery_code = '' } = req.body;
      const credential = code === undefined ? { recoveryCode: recovery_code } : { code };
      sendTokens(req, res, await logins.loginMfa(mfa_token, credential, clientContextOf(req)));
    },
  };
}

/** Six digits are a code of the app. Anything else is a recovery code. */
export function credentialOf(text: string): SecondFactorCredential {
  return /^\d{6}$/.test(text) ? { code: text } : { recoveryCode: text };
}

function actorOf(req: Request<object>) {
  const { userId, sessionId } = req.auth;
  return { userId, sessionId, ...clientContextOf(req) };
}
