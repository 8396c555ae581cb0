package io.millrace.gateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A gateway with an empty ledger and a provider of its own for each test. */
abstract class GatewayTest {
    LedgerDatabase database;
    String ledger;
    StandInProvider provider;
    Gateway gateway;

    @BeforeEach
    final void start() throws Exception {
        database = LedgerDatabase.shared();
        ledger = database.create();
        provider = new StandInProvider();
        gateway = new Gateway(ledger, provider.url());
    }

    @AfterEach
    final void end() {
        gateway.close();
        provider.close();
    }
}
