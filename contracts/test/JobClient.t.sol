// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IJobClient} from "../src/interfaces/IJobClient.sol";
import {ISettlement} from "../src/interfaces/ISettlement.sol";
import {Facts, JobOffer, Opening, Path, Reason, Signature, State} from "../src/types/Terms.sol";
import {Outputs, Status, outputsHash} from "../src/types/Work.sol";
import {
    FakeSettlement,
    FickleClient,
    HungryClient,
    OpenClient,
    ReenteringClient
} from "./clients/Clients.sol";
import {Market} from "./utils/Market.sol";

contract JobClientTest is Market {
    uint256 private constant DELIVERY_GAS = 200_000;

    OpenClient private client;

    function setUp() public override {
        super.setUp();
        client = new OpenClient(settlement, judge, DELIVERY_GAS);
        settlement.deposit(address(client), FUNDS);
    }

    function test_order_approvesTheOffer() external {
        JobOffer memory o = _offerOf(client);
        bytes32 jobHash = _jobHash(o);
        vm.expectEmit(address(settlement));
        emit ISettlement.Approved(jobHash, address(client));
        vm.expectEmit(address(client));
        emit IJobClient.Ordered(jobHash, o);
        vm.assertEq(client.order(o), jobHash, "job hash");
        _assertState(jobHash, State.Approved);
        _assertStage(client, jobHash, IJobClient.Stage.Ordered);
    }

    function test_order_revertsForAnotherJudgeAndCreator() external {
        JobOffer memory o = _offerOf(client);
        o.judge = stranger;
        vm.expectRevert(abi.encodeWithSelector(IJobClient.JobWrongJudge.selector, stranger));
        client.order(o);
        o = _offer();
        vm.expectRevert(abi.encodeWithSelector(ISettlement.OfferNotCreator.selector, address(client)));
        client.order(o);
    }

    function test_cancel_voidsWhatIsNotOpen() external {
        JobOffer memory o = _offerOf(client);
        client.order(o);
        client.cancel();
        _assertSkippedOpen(_approved(o), solver, Reason.CreatorEpoch);
    }

    function test_deposit_movesTokensIntoTheAccountAndWithdrawOut() external {
        token.transfer(address(client), 10);
        client.deposit(9);
        vm.assertEq(_free(address(client)), FUNDS + 9, "account");
        vm.assertEq(token.balanceOf(address(client)), 1, "left");
        client.withdraw(stranger, 4);
        vm.assertEq(_free(address(client)), FUNDS + 5, "account");
        vm.assertEq(token.balanceOf(stranger), 4, "received");
    }

    function test_constructor_keepsWhatItIsTold() external view {
        vm.assertEq(address(client.settlement()), address(settlement), "settlement");
        vm.assertEq(client.judge(), judge, "judge");
        vm.assertEq(client.deliveryGas(), DELIVERY_GAS, "gas");
    }

    function test_deliver_tellsTheResultOnce() external {
        bytes32 jobHash = _settled(client);
        vm.expectEmit(address(client));
        emit IJobClient.Delivered(jobHash, Path.Receipt);
        vm.prank(stranger);
        vm.assertTrue(client.deliver(jobHash, _outputs()), "delivered");
        vm.assertEq(client.blob(), _outputs().blob, "blob");
        vm.assertEq(uint256(client.path()), uint256(Path.Receipt), "path");
        _assertStage(client, jobHash, IJobClient.Stage.Delivered);

        vm.expectRevert(
            abi.encodeWithSelector(IJobClient.JobWrongStage.selector, jobHash, IJobClient.Stage.Delivered)
        );
        client.deliver(jobHash, _outputs());
        vm.assertEq(client.results(), 1, "results");
    }

    function test_deliver_revertsForWhatItDidNotOrder() external {
        Facts memory f = _open(_offer());
        settlement.settle(_list(_receipt(f, 0)));
        vm.expectRevert(
            abi.encodeWithSelector(IJobClient.JobWrongStage.selector, f.jobHash, IJobClient.Stage.None)
        );
        client.deliver(f.jobHash, _outputs());
    }

    function test_deliver_revertsWhileTheDealIsOpen() external {
        JobOffer memory o = _offerOf(client);
        bytes32 jobHash = client.order(o);
        _assertNotFinal(jobHash, State.Approved);
        Facts memory f = _openFor(client, o);
        _assertNotFinal(jobHash, State.Open);
        _submit(f);
        _assertNotFinal(jobHash, State.Submitted);
    }

    /// @dev The chain keeps 26 bytes of the result's hash; whoever delivers must know all that it is the hash of.
    function test_deliver_revertsForOtherOutputs() external {
        bytes32 jobHash = _settled(client);
        for (uint256 field = 0; field < 5; ++field) {
            Outputs memory bad = _outputs();
            if (field == 0) bad.plain = ~bad.plain;
            if (field == 1) bad.blob = bytes32(uint256(bad.blob) ^ 1);
            if (field == 2) ++bad.size;
            if (field == 3) bad.status = Status.Failed;
            if (field == 4) bad.hardwareClass = ~bad.hardwareClass;
            vm.expectRevert(abi.encodeWithSelector(IJobClient.JobWrongOutputs.selector, jobHash));
            client.deliver(jobHash, bad);
        }
        client.deliver(jobHash, _outputs());
    }

    /// @dev A result counts when the provider got the whole price; else the contract hears of a failure, whatever
    /// outputs are passed.
    function test_deliver_tellsResultFromFailureByThePath() external {
        Path[7] memory good = [
            Path.Receipt,
            Path.Unjudged,
            Path.AuditDodged,
            Path.UpheldChallenge,
            Path.UpheldAudit,
            Path.Late,
            Path.NoVerdictAudit
        ];
        Path[5] memory bad = [Path.Expired, Path.NoReveal, Path.Refund, Path.Fraud, Path.NoVerdictChallenge];
        FakeSettlement fake = new FakeSettlement();
        client = new OpenClient(ISettlement(address(fake)), judge, DELIVERY_GAS);
        JobOffer memory o = _offerOf(client);
        Outputs memory none;
        for (uint256 i = 0; i < good.length; ++i) {
            ++o.nonce;
            bytes32 jobHash = client.order(o);
            fake.set(State.Final, good[i], outputsHash(_outputs()));
            vm.expectRevert(abi.encodeWithSelector(IJobClient.JobWrongOutputs.selector, jobHash));
            client.deliver(jobHash, none);
            client.deliver(jobHash, _outputs());
            vm.assertEq(client.results(), i + 1, "results");
            vm.assertEq(uint256(client.path()), uint256(good[i]), "path");
        }
        vm.assertEq(client.failures(), 0, "failures");
        for (uint256 i = 0; i < bad.length; ++i) {
            ++o.nonce;
            bytes32 jobHash = client.order(o);
            fake.set(State.Final, bad[i], outputsHash(_outputs()));
            vm.expectEmit(address(client));
            emit IJobClient.Delivered(jobHash, bad[i]);
            client.deliver(jobHash, none);
            vm.assertEq(client.failures(), i + 1, "failures");
            vm.assertEq(uint256(client.path()), uint256(bad[i]), "path");
        }
        vm.assertEq(client.results(), good.length, "results");
    }

    function test_deliver_canBeRetriedWhenTheContractFails() external {
        FickleClient fickle = new FickleClient(settlement, judge);
        settlement.deposit(address(fickle), FUNDS);
        bytes32 jobHash = _settled(fickle);
        vm.expectEmit(address(fickle));
        emit IJobClient.DeliveryFailed(jobHash, abi.encodeWithSelector(FickleClient.Moody.selector, 1));
        vm.assertTrue(!fickle.deliver(jobHash, _outputs()), "delivered");
        _assertStage(fickle, jobHash, IJobClient.Stage.Ordered);
        vm.assertEq(fickle.results(), 0, "a failure left traces");

        fickle.mend();
        vm.assertTrue(fickle.deliver(jobHash, _outputs()), "delivered");
        vm.assertEq(fickle.results(), 1, "results");
    }

    function test_deliver_cannotBeReentered() external {
        ReenteringClient odd = new ReenteringClient(settlement, judge);
        settlement.deposit(address(odd), FUNDS);
        bytes32 jobHash = _settled(odd);
        vm.assertTrue(odd.deliver(jobHash, _outputs()), "delivered");
        vm.assertEq(odd.results(), 1, "results");
        bytes memory want =
            abi.encodeWithSelector(IJobClient.JobWrongStage.selector, jobHash, IJobClient.Stage.Delivered);
        vm.assertEq(keccak256(odd.answer()), keccak256(want), "answer");
    }

    /// @dev Whatever gas a caller sends, the contract's code has all it asked for, or nothing has happened.
    function testFuzz_attack_starvedCallback(uint256 gas) external {
        gas = _between(gas, 100_000, 6_600_000);
        HungryClient hungry = new HungryClient(settlement, judge, 6_000_000);
        settlement.deposit(address(hungry), FUNDS);
        bytes32 jobHash = _settled(hungry);
        try hungry.deliver{gas: gas}(jobHash, _outputs()) returns (bool delivered) {
            vm.assertTrue(delivered, "the callback was starved");
            vm.assertEq(hungry.results(), 1, "results");
        } catch {
            _assertStage(hungry, jobHash, IJobClient.Stage.Ordered);
        }
    }

    function test_deliver_saysHowMuchGasItNeeds() external {
        HungryClient hungry = new HungryClient(settlement, judge, 6_000_000);
        settlement.deposit(address(hungry), FUNDS);
        bytes32 jobHash = _settled(hungry);
        try hungry.deliver{gas: 6_000_000}(jobHash, _outputs()) {
            vm.assertTrue(false, "delivered with too little gas");
        } catch (bytes memory reason) {
            vm.assertEq(bytes32(bytes4(reason)), bytes32(IJobClient.JobTooLittleGas.selector), "error");
            (uint256 given, uint256 needed) = this.decode(reason);
            vm.assertEq(needed, 6_010_000, "needed");
            vm.assertTrue(given < 6_000_000, "given");
        }
        hungry.deliver{gas: 6_200_000}(jobHash, _outputs());
    }

    function decode(bytes calldata reason) external pure returns (uint256 given, uint256 needed) {
        return abi.decode(reason[4:], (uint256, uint256));
    }

    /// @dev Around the least gas that will do, in steps smaller than the reserve.
    function test_deliver_isNeverStarvedAtTheEdge() external {
        for (uint256 gas = 6_080_000; gas <= 6_160_000; gas += 4000) {
            HungryClient hungry = new HungryClient(settlement, judge, 6_000_000);
            settlement.deposit(address(hungry), FUNDS);
            bytes32 jobHash = _settled(hungry);
            try hungry.deliver{gas: gas}(jobHash, _outputs()) returns (bool delivered) {
                vm.assertTrue(delivered, "the callback was starved");
            } catch {}
        }
    }

    /// @dev Each client pays from its own account: one without money cannot order at another's cost.
    function test_attack_pooledGateway() external {
        OpenClient poor = new OpenClient(settlement, judge, DELIVERY_GAS);
        JobOffer memory o = _offerOf(poor);
        poor.order(o);
        _assertSkippedOpen(_approved(o), solver, Reason.CreatorFunds);
        o.creator = address(client);
        vm.expectRevert(abi.encodeWithSelector(ISettlement.OfferNotCreator.selector, address(poor)));
        poor.order(o);
        vm.assertEq(_free(address(client)), FUNDS, "the other's money");
    }

    function test_take_revertsForOthers() external {
        bytes32 jobHash = _settled(client);
        vm.expectRevert(abi.encodeWithSelector(IJobClient.JobNotSelf.selector, stranger));
        vm.prank(stranger);
        client.take(jobHash, _outputs(), Path.Receipt);
    }

    // ------------------------------------------------------------ inside

    function _outputs() private pure returns (Outputs memory) {
        return Outputs(keccak256("plain"), keccak256("blob"), 1234, Status.Succeeded, keccak256("class"));
    }

    function _offerOf(OpenClient by) private view returns (JobOffer memory o) {
        o = _offer();
        o.creator = address(by);
        o.seedHash = keccak256(abi.encode(CREATOR_SEED, address(by)));
    }

    function _approved(JobOffer memory o) private view returns (Opening memory) {
        bytes32 dealHash = _dealHash(_jobHash(o), _deal());
        return Opening(o, _deal(), Signature(0, 0), _sign(PROVIDER_KEY, dealHash));
    }

    function _openFor(OpenClient, JobOffer memory o) private returns (Facts memory f) {
        f = _facts(o, _deal(), outputsHash(_outputs()));
        Opening[] memory list = _list(_approved(o));
        vm.prank(solver);
        settlement.open(list);
        _assertState(f.jobHash, State.Open);
    }

    /// @dev An order of the client, paid by a receipt.
    function _settled(OpenClient by) private returns (bytes32 jobHash) {
        JobOffer memory o = _offerOf(by);
        jobHash = by.order(o);
        settlement.settle(_list(_receipt(_openFor(by, o), 0)));
    }

    function _assertNotFinal(bytes32 jobHash, State state) private {
        vm.expectRevert(abi.encodeWithSelector(IJobClient.JobNotFinal.selector, jobHash, state));
        client.deliver(jobHash, _outputs());
    }

    function _assertStage(OpenClient by, bytes32 jobHash, IJobClient.Stage want) private view {
        vm.assertEq(uint256(by.stageOf(jobHash)), uint256(want), "stage");
    }
}
