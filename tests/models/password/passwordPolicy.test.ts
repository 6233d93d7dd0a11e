import { dictionary } from '@zxcvbn-ts/language-common';
import bcrypt from 'bcrypt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPasswordPolicy } from '../../../models/password/passwordPolicy.model.ts';
import { backends, startTestApp, type TestApp } from '../../support/harness.ts';
import { tokenIn } from '../../support/smtpServer.ts';

const ada = { name: 'Ada Lovelace', email: 'ada.l@example.com' };

describe('the password policy', () => {
  const policy = createPasswordPolicy({ minLength: 8, maxBytes: 72 });
  const faultOf = (password: string) => policy.faultOf(password, ada);

  it('refuses the commonest passwords, whatever the case of their letters', async () => {
    const common = dictionary['passwords-common'].filter(({ length }) => length >= 8);
    expect(common.length).toBeGreaterThan(3000);
    const step = 7;
    for (const [i, password] of common.entries()) {
      if (i > 3000 && i % step) continue;
      expect([password, await faultOf(password)]).toEqual([password, expect.stringContaining('common')]);
    }
    expect(await faultOf('PassWord')).toContain('common');
    expect(await faultOf('ｐａｓｓｗｏｒｄ')).toContain('common');
  });

  it.each([
    ['a repetition', 'abcabcabc'],
    ['a repetition that stops in the middle', 'xyzxyzxy'],
    ['a repeated run', '1234567812345678'],
    ['a run', 'ghijklmno'],
    ['a run backwards', '87654321'],
    ['keys in a row', 'ertyuiop'],
    ['keys in columns', '1qaz2wsx3edc'],
    ['a common one backwards', 'drowssap'],
  ])('refuses %s', async (_, password) => {
    expect(await faultOf(password)).toContain('common');
  });

  it.each([
    ['the name', 'Ada Lovelace'],
    ['the name without its space', 'adalovelace'],
    ['the name and some digits', 'AdaLovelace123'],
    ['the name between signs', '--ada_lovelace--'],
    ['the address', 'ADA.L@example.com'],
    ['the address and a digit', 'ada.l@example.com1'],
    ['what stands before the @, and digits', '00 ada.l 1'],
  ])('refuses %s', async (_, password) => {
    expect(await faultOf(password)).toContain('your name or e-mail address');
    expect(await policy.faultOf(password, { name: null, email: 'someone@example.org' })).toBeNull();
  });

  it.each([
    ['words', 'correct horse'],
    ['the name among other words', 'Ada Lovelace wrote notes'],
    ['the name and a year', 'adalovelace1815'],
    ['letters alone', 'kzhwqpvm'],
    ['what a password manager makes', 'x9$Lw!q2@Vz7#Rt4'],
    ['spaces around it', '  horse mug  '],
    ['other scripts', 'пароль на стене'],
    ['letters that compose to fewer', 'e\u0301o\u0302u\u0308a\u0300'],
    ['a long line of one letter', 'x'.repeat(64)],
  ])('takes %s', async (_, password) => {
    expect(await faultOf(password)).toBeNull();
  });

  it('asks for as many characters as it is told, and for nothing about them', async () => {
    const long = createPasswordPolicy({ minLength: 15, maxBytes: 1024 });
    expect(await long.faultOf('🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧🐦🐤')).toBe('must have at least 15 characters');
    expect(await long.faultOf('🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧🐦🐤🦆')).toBeNull();
    expect(await long.faultOf('a pass phrase')).toContain('at least 15');
    expect(await long.faultOf('é'.repeat(512))).toBeNull();
    expect(await long.faultOf('é'.repeat(513))).toContain('at most 1024 bytes');
  });
});

describe.each(backends)('choosing a password on %s stores', backend => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(backend, { PASSWORD_MIN_LENGTH: '10' });
  });
  afterAll(() => app.close());

  const refused = (path: string, message: string) => ({
    status: 422,
    body: { code: 'validation_failed', errors: [{ path, message: expect.stringContaining(message) }] },
  });

  it('is refused with the rule at registration, change and reset', async () => {
    const user = await app.register(ada);
    const token = await app.login(user);
    await app.call('POST', '/auth/forgot-password', { body: { email: user.email } });
    const found = () => app.mails.find(mail => mail.to === user.email && mail.subject.includes('Reset'));
    await expect.poll(found).toBeTruthy();
    const mail = found();
    if (!mail) throw new Error('no mail');
    const link = tokenIn(mail, 'reset-password');
    const ways: [string, (password: string) => ReturnType<TestApp['call']>][] = [
      ['password', password => app.call('POST', '/auth/register', { body: { ...ada, password } })],
      [
        'new_password',
        password =>
          app.call('POST', '/auth/change-password', {
            token,
            body: { current_password: user.password, new_password: password },
          }),
      ],
      [
        'new_password',
        password =>
          app.call('POST', '/auth/reset-password', { body: { token: link, new_password: password } }),
      ],
    ];
    for (const [path, choose] of ways) {
      expect(await choose('nine char')).toMatchObject(refused(path, 'at least 10 characters'));
      expect(await choose('Iloveyou12')).toMatchObject(refused(path, 'common'));
      expect(await choose('Ada-Lovelace!')).toMatchObject(refused(path, 'your name'));
      expect(await choose(ada.email)).toMatchObject(refused(path, 'e-mail address'));
    }
    // Neither the session nor the link has suffered, and the password is what it was.
    expect((await app.call('GET', '/auth/profile', { token })).status).toBe(200);
    await app.login(user);
    const reset = { token: link, new_password: 'quite another' };
    expect((await app.call('POST', '/auth/reset-password', { body: reset })).status).toBe(204);
  });

  it('does not concern those who chose before', async () => {
    const user = await app.register();
    await app.stores.db.run('UPDATE users SET password = ? WHERE id = ?', [
      await bcrypt.hash('password', 4),
      user.id,
    ]);
    await app.login({ email: user.email, password: 'password' });
  });
});
