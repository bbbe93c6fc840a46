from django.urls import path

from payouts.views import documents, finance, member, replaying

REPLAY = "programmes/drafts/<int:draft_id>/replay/"

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
    path("invoices/", documents.document_list, name="document_list"),
    path("invoices/<int:document_id>/", member.document_pdf, name="document_pdf"),
    path("payroll/", documents.payroll, name="payroll"),
    path("payroll/<slug:month>/", documents.payroll_export, name="payroll_export"),
    path("earnings/", member.earning_list, name="earning_list"),
    path("earnings/details/", member.payee_edit, name="payee_edit"),
    path("earnings/agreement/", member.agreement, name="agreement"),
]
