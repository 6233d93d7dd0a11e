// `npm run keys -- generate|rotate|remove|list`: edits the key file that JWT_KEYS names. The API reads it at its start
// and at each SIGHUP.
import { readVariables } from '../config/env.ts';
import { keys } from './keys/keys.ts';
import { runAsProcess } from './program.ts';

await runAsProcess(keys, readVariables);
