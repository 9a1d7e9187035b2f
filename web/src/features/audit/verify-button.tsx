import { Button, Group, Text } from '@mantine/core';
import { callUnaryMethod, useTransport } from '@connectrpc/connect-query';
import { AuditService } from '@muster/api/audit';
import { IconShieldCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { organizationName, problemOf } from '../../api/index.ts';
import { formatCount } from '../../ui/index.ts';
import { mayInOrganization, useOrganization } from '../organizations/index.ts';

/** Computes the chain again, on demand: the answer is of that moment and is not kept. */
export function VerifyButton() {
  const { t } = useTranslation();
  const organization = useOrganization();
  const transport = useTransport();
  const verify = useMutation({
    mutationFn: () =>
      callUnaryMethod(transport, AuditService.method.verifyAuditLog, { parent: organizationName(organization.slug) }),
  });
  if (!mayInOrganization(organization, 'audit.verify')) return null;
  const verdict = verify.data;
  return (
    <Group gap="sm">
      <Text size="sm" role="status" c={verify.error || verdict?.complete === false ? 'red' : 'dimmed'}>
        {verify.error && problemOf(verify.error).sentence}
        {verdict?.complete &&
          t('audit.complete', { count: Number(verdict.rowCount), rows: formatCount(verdict.rowCount) })}
        {verdict?.complete === false &&
          t('audit.broken', { seq: String(verdict.brokenSequence), reason: verdict.brokenReason })}
      </Text>
      <Button
        variant="default"
        leftSection={<IconShieldCheck size={16} aria-hidden="true" />}
        loading={verify.isPending}
        onClick={() => verify.mutate()}
      >
        {t('audit.verify')}
      </Button>
    </Group>
  );
}
