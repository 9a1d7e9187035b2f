import { Button, Tooltip, VisuallyHidden, type ButtonProps } from '@mantine/core';
import { useId, type ReactNode } from 'react';

interface ExplainedButtonProps extends Pick<ButtonProps, 'size' | 'fullWidth' | 'color' | 'variant' | 'px' | 'style'> {
  children: ReactNode;
  /** Left out where the button sends a form. */
  onClick?: () => void;
  pending: boolean;
  /** Why it cannot be pressed yet; null when it can. */
  blockedBy: string | null;
}

/** A button that may be grey: it can still be reached then, by mouse and keyboard, and says why. */
export function ExplainedButton({ children, onClick, pending, blockedBy, ...look }: ExplainedButtonProps) {
  const reason = useId();
  const blocked = blockedBy !== null;
  return (
    <>
      <Tooltip label={blockedBy} disabled={!blocked}>
        <Button
          {...look}
          type={onClick ? 'button' : 'submit'}
          loading={pending}
          aria-disabled={blocked}
          {...(onClick && !blocked && { onClick })}
          {...(blocked && { 'data-disabled': true, 'aria-describedby': reason })}
        >
          {children}
        </Button>
      </Tooltip>
      {blocked && <VisuallyHidden id={reason}>{blockedBy}</VisuallyHidden>}
    </>
  );
}
