import { WebKit } from "./webKit.ts";
import { testSharing } from "./sharing.ts";

testSharing(() => WebKit.start());
