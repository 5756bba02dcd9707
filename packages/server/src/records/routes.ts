import { MadangError } from '@madang/core/error.ts';
import type { Handlers } from '../http/management.ts';
import { type ImportKind, TABLES } from './import/tables.ts';
import { template } from './import/template.ts';
import { importFile } from './import.ts';
import { getRecord, listRecords, listVersions, toKind, writeRecord } from './records.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const recordHandlers: Handlers<'records' | 'record' | 'recordVersions' | 'writeRecord' | 'importFile' | 'template'> = {
  records: async (ctx, { house, params, query }) => ({ records: await listRecords(ctx, house, toKind(params['kind'] ?? ''), query) }),
  record: (ctx, { house, params, query }) => getRecord(ctx, house, toKind(params['kind'] ?? ''), params['id'] ?? '', query.version),
  recordVersions: async (ctx, { house, params }) => ({
    records: await listVersions(ctx, house, toKind(params['kind'] ?? ''), params['id'] ?? ''),
  }),
  writeRecord: (ctx, { house, params, body }) => writeRecord(ctx, house, toKind(params['kind'] ?? ''), params['id'] ?? '', body),
  importFile: (ctx, { house, query, file }) => importFile(ctx, house, query.kind, query.name, file),
  async template(_ctx, { params, query, http }) {
    const kind = params['kind'] ?? '';
    if (!(kind in TABLES)) throw new MadangError('not_found', { values: { what: kind } });
    const bytes = template(kind as ImportKind, query.format, query.lang);
    http.header('content-type', query.format === 'xlsx' ? XLSX : 'text/csv; charset=utf-8');
    http.header('content-disposition', `attachment; filename="madang-${kind}-${query.lang}.${query.format}"`);
    return http.body(bytes as Uint8Array<ArrayBuffer>);
  },
};
