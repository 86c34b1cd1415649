import { Firefox } from "./firefox.ts";
import { testSharing } from "./sharing.ts";

testSharing(() => Firefox.start());
