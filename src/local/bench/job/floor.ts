import { pageMs, pagesOf } from './feishu.ts';

process.stdout.write(String(pagesOf(Number(process.argv[2])) * pageMs));
