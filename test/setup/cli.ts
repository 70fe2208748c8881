import { build } from '../../scripts/steps/build.mjs';

export default () => build(['cli']);
