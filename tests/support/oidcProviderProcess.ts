// A provider in a process of its own, which a test can stop and kill: port, client as JSON, redirect URI, user as JSON.
import { startOidcProvider } from './oidcProvider.ts';

const [port, client = '', redirectUri = '', user = ''] = process.argv.slice(2);
const provider = await startOidcProvider(Number(port), JSON.parse(client));
provider.users.ada = JSON.parse(user);
provider.loggedIn = 'ada';
provider.serve([redirectUri]);
console.log('the provider listens');
