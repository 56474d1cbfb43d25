import { toSlackLogger } from '../../../src/chat/slack/slack-log';
import { createRememberingLog } from '../../support/remembering-log';

describe('What the Slack SDK logs', () => {
  it('is told without what it quotes', () => {
    const log = createRememberingLog();
    const logger = toSlackLogger(log);
    const error = Object.assign(new TypeError('Ada Lovelace is too long'), {
      code: 'slack_bolt_unknown_error',
    });

    logger.warn('Malformed request body: Unexpected token in "{user: Ada Lovelace"');
    logger.error('An unhandled error occurred while Bolt processed an event', error);
    logger.error(error);

    expect(log.lines).toEqual([
      'The Slack SDK warns. {"said":"Malformed request body"}',
      'The Slack SDK reports an error. {"said":"An unhandled error occurred while Bolt processed an event","error":"TypeError","code":"slack_bolt_unknown_error"}',
      'The Slack SDK reports an error. {"error":"TypeError","code":"slack_bolt_unknown_error"}',
    ]);
  });

  it('is silent about everything below a warning, for that holds payloads', () => {
    const log = createRememberingLog();
    const logger = toSlackLogger(log);

    logger.info('ack() response sent', { blocks: ['Ada Lovelace'] });
    logger.debug('http request body', { text: 'Ada Lovelace' });

    expect(log.lines).toEqual([]);
  });
});
