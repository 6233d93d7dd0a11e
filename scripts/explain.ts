// `npm run -s explain -- -`: says what the API thinks of a token, and why. It changes nothing.
// Exit code 0: the API accepts the token. 1: it does not. 2: that cannot be said.
import { explain } from './explain/explain.ts';
import { runAsProcess } from './program.ts';

await runAsProcess(explain);
