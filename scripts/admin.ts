// `npm run admin -- …`: what the admin API does, on the server, without HTTP and without a token. The first administrator
// can be made only here. Each act is in the audit trail, and the user gets a mail about it.
import { admin } from './admin/admin.ts';
import { runAsProcess } from './program.ts';

await runAsProcess(admin);
