// The page's content security policy forbids eval. The schemas that come along with the table of calls would try it once and be reported.
(globalThis as { __zod_globalConfig?: { jitless: boolean } }).__zod_globalConfig = { jitless: true };
