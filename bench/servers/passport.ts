// passport-jwt as its README sets it up, with the user read from MySQL. Nothing here can revoke a token.
import express from 'express';
import passport from 'passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { dress } from './dress.ts';
import { findUser } from './mysql.ts';
import { serve } from './serve.ts';

passport.use(
  new Strategy(
    {
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: process.env.JWT_SECRET ?? '',
      issuer: 'express-auth-api',
      audience: 'express-auth-api',
    },
    (payload: { sub: string }, done) => {
      findUser(Number(payload.sub)).then(user => done(null, user ?? false), done);
    },
  ),
);

const app = express();
dress(app);
app.get('/item', passport.authenticate('jwt', { session: false }), (req, res) => {
  res.json({ user: req.user });
});
serve(app);
