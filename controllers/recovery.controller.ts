import type { Request, Response } from 'express';
import type { RecoveryModel } from '../models/account/recovery.model.ts';
import type { Checked } from './bodies.ts';
import { clientContextOf } from './clientContextOf.ts';

/** Verifying an address and resetting a password, by links in mails. */
export function createRecoveryController(recovery: RecoveryModel) {
  return {
    async verifyEmail(req: Checked<'verifyEmail'>, res: Response) {
      await recovery.verifyEmail(req.body.token, clientContextOf(req));
      res.status(204).end();
    },

    resendVerification(req: Request, res: Response) {
      res.status(202).end();
      recovery.sendVerification(req.auth.userId, clientContextOf(req));
    },

    forgotPassword(req: Checked<'forgotPassword'>, res: Response) {
      res.status(202).end();
      recovery.forgotPassword(req.body.email, clientContextOf(req));
    },

    async resetPassword(req: Checked<'resetPassword'>, res: Response) {
      await recovery.resetPassword(req.body.token, req.body.new_password, clientContextOf(req));
      res.status(204).end();
    },
  };
}
