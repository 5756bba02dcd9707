import { list, message, object, ref, type Schema, text, word } from './notation.ts';

const PIDS = { 'providerPid*': text, 'consumerPid*': text };
const WHY = { code: text, reason: list() };

export const TRANSFER_SCHEMAS: Record<string, Schema> = {
  TransferRequestMessage: message('TransferRequestMessage', {
    'consumerPid*': text,
    'agreementId*': text,
    'format*': text,
    'callbackAddress*': text,
    dataAddress: ref('DataAddress'),
  }),
  TransferStartMessage: message('TransferStartMessage', { ...PIDS, dataAddress: ref('DataAddress') }),
  TransferCompletionMessage: message('TransferCompletionMessage', PIDS),
  TransferSuspensionMessage: message('TransferSuspensionMessage', { ...PIDS, ...WHY }),
  TransferTerminationMessage: message('TransferTerminationMessage', { ...PIDS, ...WHY }),
  TransferProcess: message('TransferProcess', { ...PIDS, 'state*': word('REQUESTED', 'STARTED', 'SUSPENDED', 'COMPLETED', 'TERMINATED') }),
  TransferError: message('TransferError', { ...PIDS, ...WHY }),
  DataAddress: object({
    '@type*': word('DataAddress'),
    'endpointType*': text,
    endpoint: text,
    endpointProperties: list(ref('EndpointProperty')),
  }),
  EndpointProperty: object({ '@type*': word('EndpointProperty'), 'name*': text, 'value*': text }),
};
