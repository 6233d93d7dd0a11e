/** For `openssl req`: a new key without a passphrase. An elliptic curve, as a new RSA key takes long. */
export const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
