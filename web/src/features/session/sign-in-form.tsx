import { Alert, Group, Text, TextInput } from '@mantine/core';
import { IconTerminal2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { instanceFacts } from '../../api/index.ts';
import { ExplainedButton, FormShell } from '../../ui/index.ts';
import { digitsOf, looksLikeEmail } from './code.ts';
import { useSignIn } from './use-sign-in.ts';

interface SignInFormProps {
  onSignedIn: () => void;
}

/** An address, a code that was mailed to it, and the way in. */
export function SignInForm({ onSignedIn }: SignInFormProps) {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [code, setCode] = useState('');
  const codeField = useRef<HTMLInputElement>(null);
  const state = useSignIn(onSignedIn);
  const validEmail = looksLikeEmail(email);
  const blockedBy = !validEmail ? t('session.needsEmail') : code.length < 6 ? t('session.needsCode') : null;
  const askCode = () => state.requestCode(email, () => codeField.current?.focus());
  return (
    <FormShell
      wide
      submitLabel={t('session.login')}
      problem={state.problem}
      pending={state.signingIn}
      blockedBy={blockedBy}
      onSubmit={() => state.signIn(email, code)}
    >
      <TextInput
        type="email"
        name="email"
        autoComplete="email"
        inputMode="email"
        size="md"
        maxLength={320}
        aria-label={t('session.email')}
        placeholder={t('session.email')}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <div>
        <Group gap="md" align="flex-start" wrap="wrap">
          <TextInput
            ref={codeField}
            name="code"
            autoComplete="one-time-code"
            inputMode="numeric"
            size="md"
            style={{ flex: '1 1 9rem' }}
            aria-label={t('session.code')}
            placeholder={t('session.code')}
            value={code}
            onChange={(event) => setCode(digitsOf(event.currentTarget.value))}
          />
          <ExplainedButton
            variant="default"
            size="md"
            px="md"
            style={{ flex: '1 0 auto' }}
            pending={state.requesting}
            blockedBy={validEmail ? (state.wait > 0 ? t('session.wait') : null) : t('session.needsEmail')}
            onClick={askCode}
          >
            {state.wait > 0 ? t('session.again', { seconds: state.wait }) : t('session.getCode')}
          </ExplainedButton>
        </Group>
        <div aria-live="polite">{state.codeSent && <SentLine />}</div>
      </div>
    </FormShell>
  );
}

/** Says where the code went. Without a mail server it stands in the server's own output. */
function SentLine() {
  const { t } = useTranslation();
  const { data } = useQuery(instanceFacts);
  return (
    <Text size="sm" c="dimmed" mt="xs">
      {data?.mailConfigured === false ? t('session.shown') : t('session.sent')}
    </Text>
  );
}

/** Tells whoever has just installed Muster where codes appear. */
export function NoMailHint() {
  const { t } = useTranslation();
  const { data } = useQuery(instanceFacts);
  if (data?.mailConfigured !== false) return null;
  return (
    <Alert role="note" variant="light" color="amber" icon={<IconTerminal2 aria-hidden="true" />} py="sm">
      <Text size="sm" c="bright">
        {t('session.noMail')}
      </Text>
    </Alert>
  );
}
