import { parsePage } from '../../../feishu/participants.ts';
import { cpuMs, tell, texts } from './pages.ts';

let ms = 0;
for (const text of texts()) {
  const answer: unknown = JSON.parse(text);
  ms += cpuMs(() => parsePage(answer, 'standard'));
}
tell(ms);
