import { nobodyLeftOut } from '../../src/domain/import-issue';
import { issueAskCard, issuingCard } from '../../src/features/import-issue-cards';
import { lettersCard } from '../../src/features/import-letters-card';
import { word, type Card } from '../../src/ports/card';
import type { IssuedSheet } from '../../src/ports/imports';
import type { FailedLetter, LettersOfImport } from '../../src/ports/letters';
import type { CardSample } from './card-samples';
import { contoso, extremeUsers, sampleForm, sampleNow, zoe } from './sample-data';
import { doneImport, extremeImport } from './sample-import';

/** Letters of imports, and sheets that are issued again. */
export function importHandOverSamples(): CardSample[] {
  return [...lettersSamples(), ...issueSamples()];
}

export function issueOf(changes: Partial<IssuedSheet>): IssuedSheet {
  const issue = { scope: 'everyone', at: sampleNow, by: 'web:ada', finished: true, expected: 36 } as const;
  return { ...issue, issued: 36, ...nobodyLeftOut, ...changes };
}

function issueSamples(): CardSample[] {
  const target = { customerId: contoso.id, importId: doneImport.id, form: sampleForm } as const;
  const left = { signedIn: 2, guarded: 0, gone: 1 };
  const most = { signedIn: 200_000, guarded: 100_000, gone: 100_000 };
  return [
    {
      card: issueAskCard(doneImport, { issue: 33, left }, { ...target, scope: 'everyone' }),
      as: 'everyone',
    },
    {
      card: issueAskCard(doneImport, { issue: 1, left: nobodyLeftOut }, { ...target, scope: 'failed' }),
      as: 'letters failed',
    },
    {
      card: issueAskCard(extremeImport, { issue: 400_000, left: most }, { ...target, scope: 'unsent' }),
      as: 'a million rows',
      extreme: true,
    },
    { card: issuingCard(doneImport, issueOf({ finished: false, issued: 12 })), as: 'on its way' },
    {
      card: issuingCard(doneImport, issueOf({ finished: false, issued: 0 }), [
        word('import-issuing.notUndone'),
      ]),
      as: 'not undone',
    },
    {
      card: issuingCard(extremeImport, issueOf({ finished: false, issued: 1, expected: 1_000_000 })),
      as: 'a million rows',
      extreme: true,
    },
  ];
}

function lettersSamples(): CardSample[] {
  const record = { ...doneImport, lettered: 12 };
  const none = { waiting: 0, tried: 0, sent: 0, failed: 0, ended: 0, failures: [] };
  const draw = (letters: Partial<LettersOfImport>, mails = true): Card =>
    lettersCard(record, { letters: { ...none, ...letters }, mails });
  const refused = { state: 'refused', refusedBecause: 'recipient', shownEmail: 'z…@home.example' } as const;
  const failures = [{ ...refused, userPrincipalName: zoe.userPrincipalName }];
  const most = extremeUsers(10).map(({ userPrincipalName }) => ({
    ...{ userPrincipalName, shownEmail: `z…@${'d'.repeat(240)}.example` },
    ...{ state: 'refused', refusedBecause: 'sender' },
  })) as FailedLetter[];
  const many = { waiting: 400_000, tried: 2, sent: 300_000, failed: 200_000, ended: 100_000 };
  return [
    { card: draw({ waiting: 12 }), as: 'waiting' },
    { card: draw({ waiting: 9, tried: 2, sent: 3 }), as: 'not taken yet' },
    { card: draw({ sent: 11, failed: 1, failures }), as: 'one failed' },
    { card: draw({ sent: 11, ended: 1 }), as: 'sent' },
    { card: draw({ waiting: 12 }, false), as: 'no server any more' },
    {
      card: lettersCard(
        { ...extremeImport, lettered: 1_000_000 },
        { letters: { ...many, failures: most }, mails: true },
      ),
      as: 'a million letters',
      extreme: true,
    },
  ];
}
