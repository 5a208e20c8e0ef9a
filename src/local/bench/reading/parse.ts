import type { Participant } from '../../../domain/meeting.ts';
import { parsePage } from '../../../feishu/participants.ts';
import { cpuMs, tell, texts } from './pages.ts';

/** The rows are kept, as a worker keeps them until it judges them. */
const participants: Participant[] = [];
let ms = 0;
for (const text of texts()) ms += cpuMs(() => participants.push(...parsePage(JSON.parse(text), 'standard').items));
tell(ms);
