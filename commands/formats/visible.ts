export { visible, visibleLines } from "../../infra/config/visible";
