import type { Participant } from '../../../domain/meeting.ts';
import { defaultPolicy } from '../../../domain/policy.ts';
import { toReport } from '../../../domain/report.ts';
import { parsePage } from '../../../feishu/participants.ts';
import { townHall } from '../job/feishu.ts';
import { cpuMs, tell, texts } from './pages.ts';

const participants: Participant[] = [];
for (const text of texts()) participants.push(...parsePage(JSON.parse(text), 'standard').items);
const snapshot = { participants, complete: true, proof: 'counts', pages: 1, reads: 1, calls: 1 } as const;
const provenance = { jobId: '', reason: 'offline', sourceEventId: '', requestedBy: '', appVersion: '' } as const;
tell(
  cpuMs(() =>
    toReport({
      meeting: townHall,
      snapshot: { ...snapshot, fetchedAt: null, announced: null, webinar: false },
      policy: { policy: defaultPolicy, sha256: '' },
      provenance,
      decisions: [],
    }),
  ),
);
