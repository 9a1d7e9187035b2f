import { Outlet } from 'react-router';
import { SignedIn } from '../features/session/index.ts';
import { Content, Frame } from './frame.tsx';

/** Pages of a person, outside any organization. */
export function SignedInLayout() {
  return (
    <SignedIn>
      <Frame>
        <Content>
          <Outlet />
        </Content>
      </Frame>
    </SignedIn>
  );
}
