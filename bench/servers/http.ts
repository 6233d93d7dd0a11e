// Node's HTTP server alone: what is left when there is no framework.
import { answer, serve } from './serve.ts';

serve((_req, res) => {
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  res.end(JSON.stringify(answer));
});
