import { Outlet, useParams } from 'react-router';
import { ProjectOfAddress } from '../features/projects/index.ts';
import { Content } from './frame.tsx';
import { ProjectRail } from './project-rail.tsx';
import classes from './project-layout.module.css';

/** Everything under `/{organization}/{project}`: the rail, and the page. */
export function ProjectLayout() {
  const { project = '' } = useParams();
  return (
    <ProjectOfAddress slug={project} key={project} around={(state) => <Content>{state}</Content>}>
      <div className={classes['body']}>
        <ProjectRail />
        <Content>
          <Outlet />
        </Content>
      </div>
    </ProjectOfAddress>
  );
}
