import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FormShell } from '../../ui/index.ts';
import type { MailedLink } from './mailed-link.ts';
import { useSignIn } from './use-sign-in.ts';

interface LinkFormProps {
  link: MailedLink;
  onSignedIn: () => void;
}

/** The button of a mailed link: opening the link alone signs nobody in, as mail scanners open links too. */
export function LinkForm({ link, onSignedIn }: LinkFormProps) {
  const { t } = useTranslation();
  const state = useSignIn(onSignedIn);
  return (
    <FormShell
      wide
      submitLabel={t('session.login')}
      problem={state.problem}
      pending={state.signingIn}
      blockedBy={null}
      onSubmit={() => state.signIn(link.email, link.secret)}
    >
      <Text>{t('session.linkReady', { email: link.email })}</Text>
    </FormShell>
  );
}
