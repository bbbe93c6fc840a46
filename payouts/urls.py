from django.urls import path

from payouts.views import batches, claims, documents, finance, member, payroll, replaying, settings, statements

REPLAY = "programmes/drafts/<int:draft_id>/replay/"
DOCUMENT = "invoices/<int:document_id>/"
BATCH = "payouts/batches/<int:batch_id>/"

urlpatterns = [
    path(REPLAY, replaying.replay_ask, name="replay_ask"),
    path(REPLAY + "<int:replay_id>/", replaying.replay, name="replay"),
    path(REPLAY + "<int:replay_id>/csv/", replaying.replay_csv, name="replay_csv"),
    path(REPLAY + "<int:replay_id>/<slug:reference>/", replaying.replay_case, name="replay_case"),
    path("payouts/", finance.payout_list, name="payout_list"),
    path("payouts/propose/", finance.propose, name="payout_propose"),
    path("payouts/approve/", finance.approve, name="payout_approve"),
    path("payouts/due/<int:entitlement_id>/", finance.entitlement_detail, name="entitlement_detail"),
    path("payouts/<int:payable_id>/send-back/", finance.send_back, name="payout_send_back"),
    path("payouts/<int:payable_id>/account/", finance.account, name="payout_account"),
    path("payouts/<int:payable_id>/paid/", finance.mark_paid, name="payout_paid"),
    path("payouts/differences/<int:adjustment_id>/", finance.decide, name="adjustment_decide"),
    path("payouts/batches/", batches.batch_list, name="batch_list"),
    path(BATCH, batches.batch_detail, name="batch_detail"),
    path(BATCH + "approve/", batches.batch_approve, name="batch_approve"),
    path(BATCH + "cancel/", batches.batch_cancel, name="batch_cancel"),
    path(BATCH + "file/", batches.batch_file, name="batch_file"),
    path(BATCH + "executed/", batches.batch_executed, name="batch_executed"),
    path("payouts/payments/<int:payment_id>/leave-out/", batches.payment_leave_out, name="payment_leave_out"),
    path("payouts/statements/", statements.statement_list, name="statement_list"),
    path("payouts/statements/<int:movement_id>/match/", statements.movement_match, name="movement_match"),
    path("payouts/statements/<int:movement_id>/ignore/", statements.movement_ignore, name="movement_ignore"),
    path("invoices/", documents.document_list, name="document_list"),
    path("invoices/charge/", documents.charge, name="charge"),
    path("invoices/received/<int:received_id>/", claims.received_detail, name="received_detail"),
    path("invoices/received/<int:received_id>/file/", claims.received_file, name="received_file"),
    path("invoices/received/<int:received_id>/refuse/", claims.received_refuse, name="received_refuse"),
    path(DOCUMENT, documents.document_detail, name="document_detail"),
    path(DOCUMENT + "pdf/", documents.document_pdf, name="document_pdf"),
    path(DOCUMENT + "ubl/", documents.document_ubl, name="document_ubl"),
    path(DOCUMENT + "accept/", documents.document_accept, name="document_accept"),
    path(DOCUMENT + "contest/", documents.document_contest, name="document_contest"),
    path(DOCUMENT + "settle/", documents.contest_settle, name="contest_settle"),
    path(DOCUMENT + "credit/", documents.document_credit, name="document_credit"),
    path("payroll/", payroll.payroll, name="payroll"),
    path("payroll/<slug:month>/", payroll.payroll_export, name="payroll_export"),
    path("earnings/", member.earning_list, name="earning_list"),
    path("earnings/details/", member.payee_edit, name="payee_edit"),
    path("earnings/agreement/", member.agreement, name="agreement"),
    path("earnings/invoice/", claims.own_invoice, name="own_invoice"),
    path("earnings/documents/<int:year>/", documents.documents_of_year, name="documents_of_year"),
    path("settings/payouts/", settings.payout_settings_edit, name="payout_settings"),
    path("settings/agreement/", settings.agreement_texts, name="agreement_texts"),
    path("settings/words/", settings.legal_words, name="legal_words"),
]
