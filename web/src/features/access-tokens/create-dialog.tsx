import { Alert, Button, Code, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@connectrpc/connect-query';
import { AccessTokenService } from '@muster/api/access_token';
import type { Organization } from '@muster/api/organization';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf, useRefresh, useRequestKey } from '../../api/index.ts';
import { CopyButton, Dialog, FormShell } from '../../ui/index.ts';
import { useUrlParam } from '../../url-param.ts';
import { ProjectsField } from './projects-field.tsx';
import { PRESETS, type PresetId } from './presets.ts';

const DAYS = ['1', '7', '30', '90', '180', '360'];

/** The dialog at `?new=token`: the form, then the secret, once. */
export function CreateTokenDialog({ organization }: { organization: Organization }) {
  const { t } = useTranslation();
  const [what, setNew] = useUrlParam('new');
  const [secret, setSecret] = useState('');
  const close = () => {
    setSecret('');
    setNew('');
  };
  return (
    <Dialog opened={what === 'token'} onClose={close} title={t('tokens.generate')} size="lg">
      {secret ? (
        <Stack gap="md">
          <Alert color="amber" variant="light">
            {t('tokens.onlyOnce')}
          </Alert>
          <Group gap="xs" wrap="nowrap">
            <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>
              {secret}
            </Code>
            <CopyButton value={secret} label={t('tokens.copy')} />
          </Group>
          <Group justify="flex-end">
            <Button onClick={close}>{t('ui.close')}</Button>
          </Group>
        </Stack>
      ) : (
        <CreateTokenForm organization={organization} onCancel={close} onMade={setSecret} />
      )}
    </Dialog>
  );
}

interface CreateTokenFormProps {
  organization: Organization;
  onCancel: () => void;
  onMade: (secret: string) => void;
}

function CreateTokenForm({ organization, onCancel, onMade }: CreateTokenFormProps) {
  const { t } = useTranslation();
  const refresh = useRefresh();
  const key = useRequestKey();
  const [name, setName] = useState('');
  const [preset, setPreset] = useState<PresetId>('readAndWriteData');
  const [days, setDays] = useState('90');
  const [projects, setProjects] = useState<string[]>([]);
  const mutation = useMutation(AccessTokenService.method.createAccessToken, {
    onSuccess: async ({ token }) => {
      onMade(token);
      await refresh(AccessTokenService);
    },
    onError: key.refused,
  });
  const presets = PRESETS.map(({ id }) => ({ value: id, label: t(`tokens.presets.${id}`) }));
  const scopes = PRESETS.find(({ id }) => id === preset)?.scopes ?? [];
  return (
    <FormShell
      onSubmit={() =>
        mutation.mutate({
          parent: organization.name,
          displayName: name.trim(),
          scopes: [...scopes],
          lifetimeDays: Number(days),
          projects,
          requestId: key.current(),
        })
      }
      onCancel={onCancel}
      problem={mutation.error ? problemOf(mutation.error) : null}
      pending={mutation.isPending}
      submitLabel={t('tokens.generate')}
      blockedBy={name.trim() ? null : t('tokens.needsName')}
    >
      <TextInput
        required
        data-autofocus
        label={t('tokens.name')}
        maxLength={64}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={t('tokens.preset')}
        allowDeselect={false}
        data={presets}
        value={preset}
        onChange={(value) => setPreset(PRESETS.find(({ id }) => id === value)?.id ?? 'readAndWriteData')}
      />
      <Text size="sm" c="dimmed">
        {scopes.join(', ')}
      </Text>
      <ProjectsField organization={organization} value={projects} onChange={setProjects} />
      <Select
        label={t('tokens.lifetime')}
        allowDeselect={false}
        data={DAYS.map((value) => ({ value, label: t('tokens.days', { count: Number(value) }) }))}
        value={days}
        onChange={(value) => setDays(value ?? '90')}
      />
    </FormShell>
  );
}
