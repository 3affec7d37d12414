// Text from files and gateways on its way to a terminal: what nearly every screen asks for.
export { visible } from '../../domain/visible.ts'
