import type { PropsWithChildren } from 'hono/jsx';
import type { PolicyVersion } from '../../../domain/policy.ts';
import type { Visitor } from '../../visitor.ts';
import { Token } from '../shell.tsx';

type CarriedProps = { visitor: Visitor; version: PolicyVersion; etag: string; editor: 'form' | 'json' };

/** A form that carries a draft along unseen, to be gone on with in the editor it came from. */
export const Carried = ({ visitor, version, etag, editor, children }: PropsWithChildren<CarriedProps>) => (
  <form method="post" action="/policy/edit">
    <Token visitor={visitor} />
    <input type="hidden" name="etag" value={etag} />
    <input type="hidden" name="as" value="json" />
    <input type="hidden" name="editor" value={editor} />
    <input type="hidden" name="json" value={JSON.stringify(version.policy)} />
    {children}
  </form>
);
