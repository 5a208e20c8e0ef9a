import { Hono } from 'hono';
import type { ConsoleDeps } from '../deps.ts';
import { ConnectionPage } from '../pages/connection.tsx';
import type { Env } from '../visitor.ts';

/** How the company's Feishu is connected. The checks are made on request only: they take seconds and ask Feishu. */
export const connectionRoutes = ({ connection: { connection, examine }, now }: ConsoleDeps) =>
  new Hono<Env>()
    .get('/connection', async (c) =>
      c.html(<ConnectionPage visitor={c.var.visitor} state={await connection()} findings={null} now={now()} />),
    )
    .post('/connection', async (c) => {
      const findings = await examine();
      return c.html(
        <ConnectionPage visitor={c.var.visitor} state={await connection()} findings={findings} now={now()} />,
      );
    });
