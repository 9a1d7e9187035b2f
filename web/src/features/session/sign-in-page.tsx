import { Alert, Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation, useNavigate, useSearchParams } from 'react-router';
import { instanceFacts } from '../../api/index.ts';
import { setLanguage } from '../../i18n/index.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../../i18n/languages.ts';
import { paths } from '../../paths.ts';
import { Logo } from '../../ui/index.ts';
import { Illustration } from './illustration.tsx';
import { LinkForm } from './link-form.tsx';
import { mailedLink } from './mailed-link.ts';
import { safeReturnTo } from './return-to.ts';
import { NoMailHint, SignInForm } from './sign-in-form.tsx';
import classes from './sign-in-page.module.css';
import { useSession } from './use-session.ts';

export function SignInPage() {
  const { t } = useTranslation();
  useDocumentTitle(`${t('session.signIn')} · Muster`);
  const session = useSession();
  const navigate = useNavigate();
  const location = useLocation();
  const [search] = useSearchParams();
  const link = mailedLink(location.hash);
  const target = safeReturnTo(search.get('return_to')) ?? paths.root();
  // The state of a history entry can hold anything; only `true` counts.
  const expired = (location.state as { expired?: unknown } | null)?.expired === true;
  // After an ended session the data of the last one is still there, beside the error.
  if (session.isSuccess && !session.isFetching) return <Navigate to={target} replace />;
  return (
    <div className={classes['page']}>
      <section className={classes['welcome']}>
        <Logo size={36} onDark />
        <Text className={classes['slogan'] ?? ''}>{t('session.slogan')}</Text>
        <Illustration />
      </section>
      <section className={classes['side']}>
        <Stack className={classes['form'] ?? ''} gap="md">
          {expired && (
            <Alert color="amber" variant="light" role="status">
              {t('errors.session_expired')}
            </Alert>
          )}
          <Paper withBorder radius="lg" p={{ base: 'lg', sm: 'xl' }} shadow="sm">
            <Stack gap="lg">
              <Title order={1} size="h3">
                {t('session.title')}
              </Title>
              {link ? (
                <LinkForm link={link} onSignedIn={() => void navigate(target, { replace: true })} />
              ) : (
                <SignInForm onSignedIn={() => void navigate(target, { replace: true })} />
              )}
            </Stack>
          </Paper>
          <NoMailHint />
        </Stack>
        <SignInFooter />
      </section>
    </div>
  );
}

function SignInFooter() {
  const { t, i18n } = useTranslation();
  const { data } = useQuery(instanceFacts);
  return (
    <Group component="footer" gap="md" justify="center" fz="sm">
      {data?.termsUrl && (
        <Anchor size="sm" href={data.termsUrl}>
          {t('session.terms')}
        </Anchor>
      )}
      {data?.privacyUrl && (
        <Anchor size="sm" href={data.privacyUrl}>
          {t('session.privacy')}
        </Anchor>
      )}
      {LANGUAGES.map((language) => (
        <Anchor
          key={language}
          component="button"
          type="button"
          size="sm"
          lang={language === 'zh' ? 'zh-Hans' : 'en'}
          aria-pressed={i18n.language === language}
          c={i18n.language === language ? 'bright' : 'dimmed'}
          onClick={() => setLanguage(language)}
        >
          {LANGUAGE_NAMES[language]}
        </Anchor>
      ))}
      {data && (
        <Text size="sm" c="dimmed">
          {t('session.version', { version: data.version })}
        </Text>
      )}
    </Group>
  );
}
