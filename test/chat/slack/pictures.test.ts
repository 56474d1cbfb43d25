import type { KnownBlock } from '@slack/types';
import { toBlocks } from '../../../src/chat/slack/block-kit/convert';
import { withoutPictures } from '../../../src/chat/slack/pictures';
import { hasPublicHost } from '../../../src/chat/slack/public-host';
import { cardSamples } from '../../support/card-samples';
import { createSampleCards } from '../../support/sample-cards';
import { openSlackDoor, type SlackDoorTest } from '../../support/slack/door-test';
import { type FakeSlack, openFakeSlack } from '../../support/slack/fake-slack';
import { createQuickCalls, failureOf, type QuickCalls, saying } from '../../support/slack/quick-calls';

const pictureAt = (host: string) =>
  ({ type: 'image', image_url: `https://${host}/f/1.png`, alt_text: 'Three of five' }) as const;
const text = { type: 'plain_text', text: 'Five users' } as const;
const rowAt = (host: string): KnownBlock => ({ type: 'section', text, accessory: pictureAt(host) });
const words = { type: 'context', elements: [{ type: 'plain_text', text: 'Three of five', emoji: false }] };

describe('A picture that Slack cannot fetch', () => {
  let fake: FakeSlack;
  let calls: QuickCalls;
  beforeAll(async () => {
    fake = await openFakeSlack();
    fake.addUser({ id: 'UADA' });
    fake.addChannel({ id: 'CTEAM', members: ['UADA'] });
    fake.workspace.unreachable.add('intranet.example');
  });
  beforeEach(() => {
    calls = createQuickCalls(fake);
    fake.workspace.messages.splice(0);
  });
  afterAll(() => fake.close());

  const content = (...blocks: KnownBlock[]) => ({ text: 'Rollcall has something for you.', blocks });
  const blocksIn = (channel: string) => fake.messages(channel).map(({ blocks }) => blocks);
  const modal = (...blocks: KnownBlock[]) => ({
    ...{ type: 'modal' as const, title: { type: 'plain_text' as const, text: 'Rollcall' }, blocks },
  });
  const trigger = (id: string, view: string | null = null) => {
    fake.workspace.triggers.set(id, {
      ...{ user: 'UADA', view, at: performance.now(), isUsed: false, isExpired: false },
    });
    return { id, at: performance.now() };
  };

  it('does not keep a message or its change from arriving', async () => {
    const posted = await calls.post('CTEAM', content(pictureAt('intranet.example')));
    expect(blocksIn('CTEAM')).toMatchObject([[words]]);
    await createQuickCalls(fake).update(posted, content(rowAt('intranet.example')));

    expect(blocksIn('CTEAM')).toEqual([[{ type: 'section', text, block_id: expect.any(String) as string }]]);
  });

  it.each([
    ['opened', () => calls.openView(trigger('1.1'), modal(pictureAt('intranet.example')))],
    [
      'put on top',
      async () => {
        const { id } = await calls.openView(trigger('2.1'), modal(...saying('Below').blocks));
        return calls.pushView(trigger('2.2', id), modal(pictureAt('intranet.example')));
      },
    ],
    [
      'changed',
      async () => {
        const { id } = await calls.openView(trigger('3.1'), modal(...saying('Loading').blocks));
        return calls.updateView(id, modal(pictureAt('intranet.example')));
      },
    ],
  ])('does not keep a view from being %s', async (_, show) => {
    await show();

    expect(fake.views('UADA').at(-1)?.payload.blocks).toMatchObject([words]);
  });

  it('does not keep the home from being shown', async () => {
    await calls.publishHome('UADA', { type: 'home', blocks: [pictureAt('intranet.example')] });

    expect(fake.home('UADA')?.payload.blocks).toMatchObject([words]);
  });

  it('is said once in the log with what to do, and not asked for again at once', async () => {
    const before = fake.calls.length;

    await calls.post('CTEAM', content(pictureAt('intranet.example')));
    await calls.post('CTEAM', content(pictureAt('intranet.example')));

    expect(fake.calls).toHaveLength(before + 3);
    const said = calls.log.lines.filter((line) => /refused|picture/i.test(line));
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('PUBLIC_URL must be reachable from Slack');
  });

  it.each(['127.0.0.1', 'localhost', '10.1.2.3', 'rollcall.lan', '[fd00::1]'])(
    'at %s is not even tried',
    async (host) => {
      const before = fake.refusals.length;

      await calls.post('CTEAM', content(pictureAt(host), rowAt(host)));

      expect(fake.refusals).toHaveLength(before);
      expect(blocksIn('CTEAM')).toMatchObject([[words, { type: 'section', text }]]);
      expect(JSON.stringify(blocksIn('CTEAM'))).not.toContain('image_url');
    },
  );

  it('is no reason to ask again where something else is wrong', async () => {
    const before = fake.calls.length;
    const tooLong = saying('x'.repeat(3_001)).blocks;

    const failure = await failureOf(calls.post('CTEAM', content(pictureAt('pictures.example'), ...tooLong)));

    expect(failure).toMatchObject({ kind: 'refused', code: 'invalid_blocks' });
    expect(fake.calls).toHaveLength(before + 1);
  });

  it('is none where Slack can fetch it', async () => {
    await calls.post('CTEAM', content(pictureAt('pictures.example')));

    expect(blocksIn('CTEAM')).toMatchObject([[pictureAt('pictures.example')]]);
  });
});

describe('The answer to a form that was sent', () => {
  let slack: SlackDoorTest;
  beforeAll(async () => {
    slack = await openSlackDoor();
  });
  afterAll(() => slack.close());

  it('has words for a picture, as Slack would not ask again', async () => {
    const form = {
      type: 'AdaptiveCard',
      body: [{ type: 'Input.Text', id: 'name', label: 'Name' }],
      actions: [{ type: 'Action.Execute', verb: 'test.save', title: 'Save', data: {} }],
    };
    const image = { type: 'Image', url: 'https://pictures.example/1.png', altText: 'Three of five' };
    const ada = slack.person();
    slack.answerWith({ card: form }, { opens: 'form' });
    await ada.command('/users');
    await ada.until(() => (ada.view()?.payload.blocks ?? []).some(({ type }) => type === 'input'));
    slack.answerWith({ card: { ...form, body: [image, ...form.body] } });

    await ada.submit();

    expect(ada.view()?.payload.blocks[0]).toMatchObject(words);
    expect(slack.fake.refusals).toEqual([]);
  });
});

describe('The host of an address', () => {
  it.each([
    ...['http://127.0.0.1:3978/', 'https://localhost/', 'https://[::1]/', 'https://[::ffff:10.0.0.1]/'],
    ...['https://192.168.1.2/', 'https://172.31.0.1/', 'https://rollcall/', 'https://rollcall.internal/'],
    'not an address',
  ])('is not public in %s', (url) => {
    expect(hasPublicHost(url)).toBe(false);
  });

  it.each([
    'https://rollcall.example.com/',
    'https://8.8.8.8/',
    'https://172.32.0.1/',
    'https://[2001:db8::1]/',
  ])('is public in %s', (url) => {
    expect(hasPublicHost(url)).toBe(true);
  });
});

describe('What stands in the time line of deleted users', () => {
  it('stands in words too: whoever is listed by their days, all by their number', async () => {
    const cards = createSampleCards();
    const samples = (await cardSamples()).filter(({ card }) => card.name === 'deleted-users');
    const drawn = samples.map(({ card }) => cards.render(card, { language: 'en', timeZone: 'Europe/Paris' }));
    const withPicture = drawn.filter((json) => JSON.stringify(json).includes('Time line'));
    expect(withPicture.length).toBeGreaterThan(0);

    for (const json of withPicture) {
      const said = JSON.stringify(withoutPictures({ blocks: toBlocks(json, 'message').blocks }));

      expect(said).not.toContain('image_url');
      expect(said).toMatch(/Time line of the next 30 days\. \d+ deleted users? can still be restored/);
      expect(said).toMatch(/\d+ days? left/);
    }
  });
});
