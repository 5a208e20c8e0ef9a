import type { Call } from './aws.ts';
import type { Resource } from './template.ts';

/** One action on one resource, as a role's statements allow it. */
export type Grant = { handler: string; action: string; resource: string };

type Statement = { Action: string | string[]; Resource: string | string[] };

/** What each function's role allows, one by one. */
export const grantsOf = (resources: Record<string, Resource>): Grant[] =>
  Object.values(resources).flatMap(({ Type, Properties }) => {
    if (Type !== 'AWS::Lambda::Function') return [];
    const handler = String(Properties.FunctionName).replace('rollcall-prod-', '');
    const role = resources[String(Properties.Role).slice(1, -'.Arn>'.length)];
    const policies = role?.Properties.Policies as { PolicyDocument: { Statement: Statement[] } }[];
    return policies.flatMap(({ PolicyDocument }) =>
      PolicyDocument.Statement.flatMap(({ Action, Resource }) =>
        [Action].flat().flatMap((action) => [Resource].flat().map((resource) => ({ handler, action, resource }))),
      ),
    );
  });

/** Whether the call is one that the grant is for; `*` stands at the end, for what lies under a prefix. */
export const covers = (grant: Grant, call: Call): boolean =>
  grant.handler === call.handler &&
  grant.action === call.action &&
  (grant.resource.endsWith('/*')
    ? call.resource.startsWith(grant.resource.slice(0, -1))
    : grant.resource === call.resource);

/** What AWS does in a role's name without any code of ours: writing its log, taking messages from its queue. */
export const usedByLambda = ({ handler, action }: Grant): boolean =>
  action.startsWith('logs:') ||
  (handler === 'worker' && ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'].includes(action));

export const inWords = ({ handler, action, resource }: Grant | Call): string => `${handler}: ${action} ${resource}`;
