import { cpuMs, tell, texts } from './pages.ts';

let ms = 0;
for (const text of texts()) ms += cpuMs(() => JSON.parse(text));
tell(ms);
