import { beforeAll, describe, expect, it } from 'vitest';
import { handlerNames } from '../../.build/handlers.ts';
import { troubles } from '../../src/metrics.ts';
import { packaged, type Resource, resolved, type Template } from './template.ts';

/** The compiled CloudFormation, as `npm run package` makes it: what an operator relies on, rule by rule. */

type Statement = {
  Effect: string;
  Principal?: unknown;
  Action: string | string[];
  Resource: string | string[];
  Condition?: unknown;
};
type Rule = { Id: string; Prefix?: string; ExpirationInDays?: number; [key: string]: unknown };

let template: Template;
let all: Record<string, Resource>;

beforeAll(async () => {
  template = await packaged();
  all = resolved(template);
}, 60_000);

const ofType = (type: string): [string, Resource][] => Object.entries(all).filter(([, { Type }]) => Type === type);
// biome-ignore lint/suspicious/noExplicitAny: a template is as deep as it is wide.
const properties = (id: string): any => all[id]?.Properties;
const flat = (value: string | string[]): string[] => [value].flat();
// biome-ignore lint/suspicious/noExplicitAny: see above.
const functionOf = (handler: string): any =>
  ofType('AWS::Lambda::Function').find(
    ([, { Properties }]) => Properties.FunctionName === `rollcall-prod-${handler}`,
  )?.[1].Properties;
const statementsOf = (role: Resource): Statement[] =>
  (role.Properties.Policies as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  );

describe('the functions', () => {
  it('are one for each handler, on Node 24 and arm64', () => {
    const functions = ofType('AWS::Lambda::Function').map(([, { Properties }]) => Properties);
    expect(functions.map(({ FunctionName }) => FunctionName).sort()).toEqual(
      handlerNames.map((name) => `rollcall-prod-${name}`),
    );
    for (const each of functions)
      expect(each).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler' });
  });

  it('have a role each, that Lambda alone may take', () => {
    const roles = handlerNames.map((name) => functionOf(name).Role as string);
    expect(new Set(roles).size).toBe(handlerNames.length);
    for (const role of roles)
      expect(properties(role.slice(1, -5)).AssumeRolePolicyDocument.Statement).toEqual([
        { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ]);
  });

  it('keep their logs for a stated time', () => {
    expect(ofType('AWS::Logs::LogGroup').map(([, { Properties }]) => Properties)).toEqual(
      expect.arrayContaining(
        handlerNames.map((name) => ({ LogGroupName: `/aws/lambda/rollcall-prod-${name}`, RetentionInDays: 30 })),
      ),
    );
  });

  it('hold no secret in their environment, only where it is', () => {
    for (const name of handlerNames) {
      const { Variables } = functionOf(name).Environment;
      expect(Variables).toMatchObject({ FEISHU_SECRET_ID: '<FeishuSecret>', FEISHU_TOKEN_KIND: 'user' });
      expect(Variables.CONSOLE_ADMINS).toBe('');
    }
  });

  it('take pushes on a route of their own, and everything else in the console', () => {
    const routes = ofType('AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties.RouteKey);
    expect(routes.sort()).toEqual(['$default', 'POST /feishu/webhook']);
    expect(properties('HttpApiIntegrationWebhook').PayloadFormatVersion).toBe('2.0');
    expect(properties('HttpApiStage').DefaultRouteSettings.ThrottlingRateLimit).toBe(50);
  });

  it('give the console the time to store what it was given, though an HTTP API waits thirty seconds', () => {
    const { Timeout } = functionOf('console');
    expect(Timeout).toBe(90);
    for (const name of handlerNames) expect(functionOf(name).Timeout, name).toBeLessThanOrEqual(900);
  });

  it('let the worker put its own work back into the queue, slice by slice, and nobody else', () => {
    const looping = handlerNames.filter((name) => functionOf(name).RecursiveLoop === 'Allow');
    expect(looping).toEqual(['worker']);
  });

  it('run by schedule under a role that may invoke just those two', () => {
    const schedules = ofType('AWS::Scheduler::Schedule').map(([, { Properties }]) => Properties);
    const targets = schedules.map(({ ScheduleExpression, Target }) => [
      ScheduleExpression,
      (Target as { Arn: string; RoleArn: string }).Arn,
      (Target as { Arn: string; RoleArn: string }).RoleArn,
    ]);
    expect(targets.sort()).toEqual([
      ['rate(1 day)', '<KeepDashaliveLambdaFunction.Arn>', '<SchedulerRole.Arn>'],
      ['rate(30 minutes)', '<ReconcileLambdaFunction.Arn>', '<SchedulerRole.Arn>'],
    ]);
    expect(statementsOf(all.SchedulerRole as Resource)).toEqual([
      {
        Effect: 'Allow',
        Action: 'lambda:InvokeFunction',
        Resource: ['<ReconcileLambdaFunction.Arn>', '<KeepDashaliveLambdaFunction.Arn>'],
      },
    ]);
  });
});

describe('the queue', () => {
  it('Q4 is told of what is written under requests/, by that bucket alone', () => {
    expect(properties('Bucket').NotificationConfiguration.QueueConfigurations).toEqual([
      {
        Event: 's3:ObjectCreated:*',
        Queue: '<Jobs.Arn>',
        Filter: {
          S3Key: {
            Rules: [
              { Name: 'prefix', Value: 'requests/' },
              { Name: 'suffix', Value: '.json' },
            ],
          },
        },
      },
    ]);
    const [allow] = properties('JobsPolicy').PolicyDocument.Statement as Statement[];
    expect(allow).toMatchObject({
      Principal: { Service: 's3.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Condition: {
        StringEquals: { 'aws:SourceAccount': '123456789012' },
        ArnEquals: { 'aws:SourceArn': `arn:aws:s3:::${properties('Bucket').BucketName}` },
      },
    });
    expect(all.Bucket?.DependsOn).toContain('JobsPolicy');
  });

  it('Q2 Q4 feeds two workers, one message each, and hides it for six of their longest runs', () => {
    expect(properties('WorkerEventSourceMappingSQSJobs')).toMatchObject({
      EventSourceArn: '<Jobs.Arn>',
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 2 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    expect(properties('Jobs').VisibilityTimeout).toBeGreaterThanOrEqual(6 * functionOf('worker').Timeout);
    expect(functionOf('worker').ReservedConcurrentExecutions).toBeUndefined();
  });

  it('Q5 gives a message up only after the longest honest chain of short waits', () => {
    const { RedrivePolicy } = properties('Jobs');
    expect(RedrivePolicy.deadLetterTargetArn).toBe('<DeadJobs.Arn>');
    expect(RedrivePolicy.maxReceiveCount).toBeGreaterThan(12);
    expect(properties('DeadJobs').MessageRetentionPeriod).toBe(14 * 86_400);
  });

  it('is encrypted and refuses plain http', () => {
    for (const queue of ['Jobs', 'DeadJobs']) expect(properties(queue).SqsManagedSseEnabled).toBe(true);
    const denied = ['Jobs', 'DeadJobs'].map((queue) => {
      const { Queues, PolicyDocument } = properties(`${queue}Policy`);
      expect(Queues).toEqual([`<${queue}>`]);
      return (PolicyDocument.Statement as Statement[]).filter(({ Effect }) => Effect === 'Deny');
    });
    const plain = {
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    expect(denied).toEqual([[{ ...plain, Resource: '<Jobs.Arn>' }], [{ ...plain, Resource: '<DeadJobs.Arn>' }]]);
  });
});

describe('the bucket', () => {
  it('is closed to the public, versioned, encrypted, and outlives the stack', () => {
    expect(properties('Bucket')).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
    // Except when its very first deployment fails: the next one would find the name taken.
    expect(all.Bucket).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    expect(properties('Bucket').ObjectLockEnabled).toBeUndefined();
  });

  it('refuses plain http', () => {
    expect(properties('BucketPolicy').PolicyDocument.Statement).toEqual([
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: ['<Bucket.Arn>', '<Bucket.Arn>/*'],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });

  it('keeps each prefix as long as the README says, and policies for ever', () => {
    const rules = properties('Bucket').LifecycleConfiguration.Rules as Rule[];
    const days = Object.fromEntries(
      rules.flatMap(({ Prefix, ExpirationInDays }) =>
        Prefix === undefined ? [] : [[Prefix, Number(ExpirationInDays)]],
      ),
    );
    expect(days).toEqual({
      'snapshots/': 180,
      'reports/': 730,
      'requests/': 730,
      'jobs/': 730,
      'audit/': 1095,
      'quarantine/': 90,
      'state/oauth-used/': 1,
      'state/sessions/': 1,
      'state/fetch/': 1,
      'state/finished/': 730,
    });
    const [older] = rules.filter(({ Prefix }) => Prefix === undefined);
    expect(older).toMatchObject({
      NoncurrentVersionExpiration: { NoncurrentDays: 30 },
      ExpiredObjectDeleteMarker: true,
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
    });
  });

  it('takes other retention, a KMS key and a lock of reports by parameter', async () => {
    const key = 'arn:aws:kms:ap-southeast-1:123456789012:key/k';
    const other = resolved(await packaged({ reportRetentionDays: '365', kmsKeyArn: key, reportLockDays: '365' }));
    const bucket = other.Bucket?.Properties as Record<string, never>;
    expect(JSON.stringify(bucket.BucketEncryption)).toContain(key);
    expect(bucket.ObjectLockEnabled).toBe(true);
    expect(JSON.stringify(bucket.LifecycleConfiguration)).toMatch(/"reports\/","ExpirationInDays":"?365"?/);
    for (const secret of ['FeishuSecret', 'UserTokenSecret']) {
      expect(other[secret]?.Properties.KmsKeyId).toBe(key);
      expect(properties(secret).KmsKeyId).toBeUndefined();
    }
    for (const name of handlerNames) {
      const role = other[functionOf(name).Role.slice(1, -5)] as Resource;
      expect(statementsOf(role)).toContainEqual({
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: key,
      });
    }
    expect(JSON.stringify(statementsOf(other.WorkerRole as Resource))).toContain('s3:PutObjectRetention');
    expect(JSON.stringify(all)).not.toContain('s3:PutObjectRetention');
  }, 60_000);
});

describe('the grants', () => {
  it('name what they are for: no resource is *, and no action either', () => {
    for (const [id, role] of ofType('AWS::IAM::Role'))
      for (const { Action, Resource: on } of statementsOf(role)) {
        for (const resource of flat(on)) expect(resource, id).toMatch(/^<[A-Za-z.]+>(\/[\w./-]+(\/\*)?)?$/);
        for (const action of flat(Action)) expect(action, id).toMatch(/^[a-z0-9]+:[A-Z][A-Za-z0-9]+$/);
      }
  });

  it('let nobody but the webhook near what is in quarantine', () => {
    const near = ofType('AWS::IAM::Role').filter(([, role]) =>
      JSON.stringify(statementsOf(role)).includes('quarantine'),
    );
    expect(near.map(([id]) => id)).toEqual(['WebhookRole']);
  });
});

describe('the secrets', () => {
  it('are made without a value and outlive the stack', () => {
    for (const [, secret] of ofType('AWS::SecretsManager::Secret')) {
      expect(secret.Properties).not.toHaveProperty('SecretString');
      expect(secret).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    }
    expect(ofType('AWS::SecretsManager::Secret')).toHaveLength(2);
  });
});

describe('the alarms', () => {
  const alarms = () => ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);

  it('watch everything the log calls a trouble, and nothing that no log line says', () => {
    const watched = alarms().flatMap(({ MetricName, Dimensions }) =>
      MetricName === 'Trouble' ? [(Dimensions as { Value: string }[])[0]?.Value] : [],
    );
    expect(watched.sort()).toEqual([...troubles].sort());
  });

  it('watch the dead-letter queue, the oldest message and the worker’s errors', () => {
    expect(properties('DeadJobsAlarm')).toMatchObject({
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: '<DeadJobs.QueueName>' }],
      Threshold: 0,
    });
    expect(properties('OldestJobAlarm')).toMatchObject({ MetricName: 'ApproximateAgeOfOldestMessage' });
    expect(properties('WorkerErrorsAlarm')).toMatchObject({ Namespace: 'AWS/Lambda', MetricName: 'Errors' });
  });

  it('ring when eight hours of work in a day pass without an event, also when nothing is measured at all', () => {
    expect(properties('NoEventAlarm')).toMatchObject({
      TreatMissingData: 'breaching',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      EvaluationPeriods: 1,
    });
    // Half hours of work and events of the same 24 hours: whatever the time of day at which CloudWatch looks.
    const { Metrics } = properties('NoEventAlarm');
    expect(Metrics).toMatchObject([
      {
        Id: 'events',
        ReturnData: false,
        MetricStat: { Metric: { MetricName: 'Events' }, Period: 86_400, Stat: 'Sum' },
      },
      { Id: 'working', ReturnData: false, MetricStat: { Metric: { MetricName: 'WorkingTime' }, Period: 86_400 } },
      { Expression: 'IF(working >= 16, events, 1)' },
    ]);
    // The end of a working day's window is no news of a push.
    expect(properties('NoEventAlarm').OKActions).toBeUndefined();
  });

  it('all tell the topic, in words of both languages', () => {
    for (const { AlarmActions, AlarmDescription } of alarms()) {
      expect(AlarmActions).toEqual(['<Alarms>']);
      expect(AlarmDescription).toMatch(/[a-z].*[\u4e00-\u9fff]/);
    }
  });

  it('reach an address when one is given', async () => {
    expect(properties('Alarms').Subscription).toBeUndefined();
    const told = resolved(await packaged({ alarmEmail: 'ops@example.com' }));
    expect(told.Alarms?.Properties.Subscription).toEqual([{ Protocol: 'email', Endpoint: 'ops@example.com' }]);
  }, 60_000);
});

describe('the dashboard', () => {
  it('is JSON and shows only metrics that some log line or AWS service sends', () => {
    const { widgets } = JSON.parse(properties('Dashboard').DashboardBody) as {
      widgets: { properties: { metrics: unknown[][] } }[];
    };
    const own = widgets.flatMap(({ properties: { metrics } }) =>
      metrics.flatMap(([namespace, name]) => (namespace === 'rollcall-prod' ? [String(name)] : [])),
    );
    expect([...new Set(own)].sort()).toEqual(
      ['Calls', 'Duplicates', 'Events', 'Incomplete', 'RateLimited', 'Redriven', 'Reports', 'RequestsFiled', 'Rows']
        .concat(['SecondsToReport', 'Trouble', 'Undetermined', 'Waiting'])
        .sort(),
    );
    expect(functionOf('worker').Environment.Variables.METRICS_NAMESPACE).toBe('rollcall-prod');
  });
});
